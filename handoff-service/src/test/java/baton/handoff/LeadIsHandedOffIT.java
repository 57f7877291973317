package baton.handoff;

import static baton.handoff.Office.NINE;
import static baton.handoff.Office.as;
import static baton.handoff.Office.asSeller;
import static baton.handoff.Office.handoffOf;
import static baton.handoff.Office.handoffsOf;
import static baton.handoff.Office.hire;
import static baton.handoff.Office.id;
import static baton.handoff.Office.publish;
import static baton.handoff.Office.qualified;
import static baton.handoff.Office.sendEverybodyHome;
import static baton.handoff.Office.sendHome;
import static baton.handoff.Office.stateOf;
import static baton.handoff.Office.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import baton.contracts.ErasureKind;
import baton.contracts.HandoffStep;
import baton.contracts.LeadContact;
import baton.contracts.LeadErased;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadOutcome;
import baton.contracts.OutcomeResult;
import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
    value = BatonTestResource.class,
    initArgs = @ResourceArg(name = "database", value = "handoff"))
class LeadIsHandedOffIT {
  static final Duration SOON = Duration.ofSeconds(60);

  @BeforeEach
  void nobody_is_there_yet() {
    sendEverybodyHome();
  }

  @Test
  void a_qualified_lead_is_offered_taken_called_qualified_and_won() {
    hire("ada", "\"team\": \"dach\"");
    var lead = id();
    var pass = id();
    publish(List.of(qualified(lead, pass, NINE)));
    var handoff = offered(lead);

    step("ada", handoff, "accept", "{\"occurredAt\": \"2026-11-20T10:00:00Z\"}", "accepted");
    step(
        "ada",
        handoff,
        "attempts",
        "{\"channel\": \"call\", \"result\": \"voicemail\"}",
        "accepted");
    step(
        "ada",
        handoff,
        "attempts",
        "{\"channel\": \"call\", \"result\": \"connected\"}",
        "accepted");
    step(
        "ada",
        handoff,
        "qualify",
        "{\"facts\": {\"budget\": \"yes\", \"seats\": 40}}",
        "qualified");
    publish(List.of(outcome(lead, OutcomeResult.WON, NINE.plus(Duration.ofDays(40)), null)));

    await().atMost(SOON).untilAsserted(() -> assertThat(told(lead)).hasSize(6));
    assertThat(told(lead))
        .extracting(LeadHandoff::revision, LeadHandoff::step, LeadHandoff::result)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, HandoffStep.OFFERED, null),
            org.assertj.core.groups.Tuple.tuple(2L, HandoffStep.ACCEPTED, null),
            org.assertj.core.groups.Tuple.tuple(3L, HandoffStep.ATTEMPTED, "voicemail"),
            org.assertj.core.groups.Tuple.tuple(4L, HandoffStep.CONNECTED, "connected"),
            org.assertj.core.groups.Tuple.tuple(5L, HandoffStep.QUALIFIED, null),
            org.assertj.core.groups.Tuple.tuple(6L, HandoffStep.CLOSED, null));
    assertThat(told(lead))
        .allSatisfy(
            step -> {
              assertThat(step.handoffId()).hasToString(handoff);
              assertThat(step.passId()).isEqualTo(pass);
              assertThat(step.sellerId()).isEqualTo("ada");
              assertThat(step.team()).isEqualTo("dach");
            });
    assertThat(told(lead).get(1).occurredAt()).isEqualTo(Instant.parse("2026-11-20T10:00:00Z"));
    assertThat(told(lead).getLast().reason()).isEqualTo("won");
    asSeller("ada")
        .get("/handoffs/" + handoff)
        .then()
        .statusCode(200)
        .header("ETag", "\"6\"")
        .body("handoffId", equalTo(handoff))
        .body("leadId", equalTo(lead.toString()))
        .body("pass", equalTo(1))
        .body("state", equalTo("closed"))
        .body("reason", equalTo("won"))
        .body("sellerId", equalTo("ada"))
        .body("team", equalTo("dach"))
        .body("offeredAt", notNullValue())
        .body("clocks", hasSize(0))
        .body("charterVersion", notNullValue())
        .body("routing", equalTo("the only eligible seller"))
        .body("steps", hasSize(6));
  }

  @Test
  void a_pass_told_again_opens_nothing() {
    hire("ada", "\"weight\": 1");
    var lead = id();
    var told = qualified(lead);
    publish(List.of(told, told));
    var handoff = offered(lead);
    step("ada", handoff, "accept", "", "accepted");
    var marker = qualified(lead, id(), NINE.plus(Duration.ofDays(1)));

    publish(List.of(told, marker));

    await().atMost(SOON).untilAsserted(() -> handoffsOf(lead).then().body("items", hasSize(2)));
    handoffsOf(lead)
        .then()
        .body("items.find { it.passId == '" + told.passId() + "' }.state", equalTo("accepted"))
        .body("items.find { it.passId == '" + marker.passId() + "' }.pass", equalTo(2));
  }

  @Test
  void a_lead_nobody_can_take_waits_in_sight_and_goes_to_the_first_who_can() {
    hire("full", "\"capacity\": 0");
    var lead = id();
    publish(List.of(qualified(lead)));
    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(lead)).isEqualTo("unassigned"));
    as("sales-manager")
        .get("/handoffs?state=unassigned&lead=" + lead)
        .then()
        .body("items[0].sellerId", nullValue())
        .body(
            "items[0].routing",
            equalTo("nobody eligible: every active seller has reached his capacity"));

    hire("full", "\"capacity\": 1");

    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(lead)).isEqualTo("offered"));
    await().atMost(SOON).untilAsserted(() -> assertThat(told(lead)).hasSize(2));
    assertThat(told(lead))
        .extracting(LeadHandoff::step, LeadHandoff::sellerId)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(HandoffStep.OFFERED, null),
            org.assertj.core.groups.Tuple.tuple(HandoffStep.OFFERED, "full"));
  }

  @Test
  void who_has_gone_home_or_is_full_gets_nothing() {
    hire("ada", "\"weight\": 1");
    hire("grace", "\"weight\": 1");
    hire("small", "\"weight\": 5, \"capacity\": 2");
    sendHome("grace");
    var leads = IntStream.range(0, 20).mapToObj(i -> id()).toList();

    publish(leads.stream().map(Office::qualified).toList());

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(leads.stream().map(LeadIsHandedOffIT::sellerOf))
                    .doesNotContainNull()
                    .doesNotContain("grace")
                    .filteredOn("small"::equals)
                    .hasSize(2));
  }

  @Test
  void of_many_who_accept_at_once_one_does() {
    hire("ada", "\"weight\": 1");
    var lead = id();
    publish(List.of(qualified(lead)));
    var handoff = offered(lead);

    var answers =
        IntStream.range(0, 24)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            asSeller("ada").post("/handoffs/" + handoff + "/accept").statusCode()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
    asSeller("ada")
        .get("/handoffs/" + handoff)
        .then()
        .body("state", equalTo("accepted"))
        .body("steps.step", is(List.of("offered", "accepted")));
  }

  @Test
  void a_step_that_is_not_possible_is_a_conflict_that_says_the_state() {
    hire("ada", "\"weight\": 1");
    var lead = id();
    publish(List.of(qualified(lead)));
    var handoff = offered(lead);

    asSeller("ada")
        .body("{\"facts\": {}}")
        .post("/handoffs/" + handoff + "/qualify")
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("state", equalTo("offered"))
        .body("detail", containsString("accept the lead before qualifying it"));
  }

  @Test
  void a_sellers_handoff_is_not_there_for_another_seller() {
    hire("ada", "\"weight\": 1");
    var lead = id();
    publish(List.of(qualified(lead)));
    var handoff = offered(lead);

    asSeller("grace").get("/handoffs/" + handoff).then().statusCode(404);
    asSeller("grace").post("/handoffs/" + handoff + "/accept").then().statusCode(404);
    asSeller("grace").get("/handoffs?lead=" + lead).then().body("items", hasSize(0));
    asSeller("grace").get("/handoffs?seller=ada").then().body("items", hasSize(0));
    asSeller("ada").get("/handoffs?lead=" + lead).then().body("items", hasSize(1));
    as("sales").post("/handoffs/" + handoff + "/accept").then().statusCode(200);
    as("marketing").get("/handoffs/" + handoff).then().statusCode(403);
    asSeller("ada")
        .body("{\"seller\": \"grace\"}")
        .post("/handoffs/" + handoff + "/reassign")
        .then()
        .statusCode(403);
  }

  @Test
  void a_manager_gives_a_handoff_to_another_who_is_offered_it_anew() {
    hire("ada", "\"team\": \"dach\"");
    var lead = id();
    publish(List.of(qualified(lead)));
    var handoff = offered(lead);
    step("ada", handoff, "accept", "", "accepted");
    hire("grace", "\"team\": \"inside\"");

    as("sales-manager")
        .body("{\"seller\": \"grace\"}")
        .post("/handoffs/" + handoff + "/reassign")
        .then()
        .statusCode(200)
        .body("state", equalTo("offered"))
        .body("sellerId", equalTo("grace"))
        .body("team", equalTo("inside"));

    asSeller("ada").get("/handoffs/" + handoff).then().statusCode(404);
    step("grace", handoff, "accept", "", "accepted");
    as("sales-manager")
        .body("{\"seller\": \"nobody-of-this-name\"}")
        .post("/handoffs/" + handoff + "/reassign")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/seller"));
  }

  @Test
  void every_bad_field_is_named_with_the_words_allowed() {
    hire("ada", "\"weight\": 1");
    var lead = id();
    publish(List.of(qualified(lead)));
    var handoff = offered(lead);

    asSeller("ada")
        .body("{\"reason\": \"dunno\", \"note\": 5, \"occurredAt\": \"2199-01-01T00:00:00Z\"}")
        .post("/handoffs/" + handoff + "/reject")
        .then()
        .statusCode(422)
        .body("errors.pointer.sort()", is(List.of("/note", "/occurredAt", "/reason")))
        .body(
            "errors.find { it.pointer == '/reason' }.detail",
            containsString("wrong-persona, company-too-small"));
    asSeller("ada")
        .body("{\"channel\": \"+49 30 1234\", \"result\": \"hung-up\", \"chanel\": 1}")
        .post("/handoffs/" + handoff + "/attempts")
        .then()
        .statusCode(422)
        .body("errors.pointer.sort()", is(List.of("/chanel", "/channel", "/result")));
    asSeller("ada")
        .body("{\"reason\": \"spam\"}")
        .post("/handoffs/" + handoff + "/return")
        .then()
        .statusCode(422)
        .body("errors[0].detail", containsString("timing, no-budget, no-decision, unresponsive"));
    asSeller("ada").get("/handoffs/" + handoff).then().body("state", equalTo("offered"));
  }

  @Test
  void a_rejection_tells_its_reason_and_keeps_its_note() {
    hire("ada", "\"weight\": 1");
    var lead = id();
    publish(List.of(qualified(lead)));
    var handoff = offered(lead);

    step("ada", handoff, "reject", "{\"reason\": \"spam\", \"note\": \"asdf asdf\"}", "rejected");

    asSeller("ada")
        .get("/handoffs/" + handoff)
        .then()
        .body("reason", equalTo("spam"))
        .body("note", equalTo("asdf asdf"));
    await().atMost(SOON).untilAsserted(() -> assertThat(told(lead)).hasSize(2));
    assertThat(told(lead).getLast().reason()).isEqualTo("spam");
    assertThat(told(lead).toString()).doesNotContain("asdf");
  }

  @Test
  void a_retried_command_takes_its_step_once_and_hears_the_same_answer() {
    hire("ada", "\"weight\": 1");
    var lead = id();
    publish(List.of(qualified(lead)));
    var path = "/handoffs/" + offered(lead) + "/attempts";
    var body = "{\"channel\": \"call\", \"result\": \"no-answer\"}";

    var first = asSeller("ada").header("Idempotency-Key", lead).body(body).post(path);
    var again = asSeller("ada").header("Idempotency-Key", lead).body(body).post(path);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(again.asByteArray()).isEqualTo(first.asByteArray());
    handoffsOf(lead).then().body("items[0].state", equalTo("accepted"));
    as("sales").get("/handoffs/" + handoffOf(lead)).then().body("steps", hasSize(3));
  }

  @Test
  void a_deal_that_ended_before_its_pass_was_heard_of_is_offered_to_nobody() {
    hire("ada", "\"weight\": 1");
    var lead = id();
    publish(List.of(outcome(lead, OutcomeResult.LOST, NINE.minus(Duration.ofDays(2)), null)));
    var marker = id();
    publish(List.of(qualified(marker)));
    var markers = offered(marker);
    publish(List.of(outcome(marker, OutcomeResult.WON, NINE.plusSeconds(1), null)));
    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(marker)).isEqualTo("closed"));

    publish(List.of(qualified(lead)));

    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(lead)).isEqualTo("closed"));
    await().atMost(SOON).untilAsserted(() -> assertThat(told(lead)).hasSize(1));
    assertThat(told(lead).getFirst().step()).isEqualTo(HandoffStep.CLOSED);
    assertThat(told(lead).getFirst().sellerId()).isNull();
    as("sales-manager").get("/handoffs/" + markers).then().body("reason", equalTo("won"));
  }

  @Test
  void a_seller_sees_who_his_lead_is_until_the_lead_is_forgotten() {
    hire("ada", "\"weight\": 1");
    var lead = id();
    publish(List.of(contact(lead, 2, "Lovelace"), contact(lead, 1, "Byron"), qualified(lead)));
    var handoff = offered(lead);
    showsWho(handoff);

    Office.bury(Topic.LEAD_CONTACT, lead);

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> asSeller("ada").get("/handoffs/" + handoff).then().body("contact", nullValue()));
  }

  @Test
  void of_an_erased_lead_the_handoff_stays_without_what_anybody_wrote() {
    hire("ada", "\"weight\": 1");
    var lead = id();
    publish(List.of(contact(lead, 1, "Lovelace"), qualified(lead)));
    var handoff = offered(lead);
    showsWho(handoff);
    var note = "{\"reason\": \"spam\", \"note\": \"Lovelace is no lead\"}";
    var told = rejected(handoff, note);

    publish(List.of(new LeadErased(lead, NINE, 0, ErasureKind.ERASED, id())));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                asSeller("ada")
                    .get("/handoffs/" + handoff)
                    .then()
                    .body("erasedAt", equalTo("2026-11-20T09:00:00.000Z"))
                    .body("contact", nullValue())
                    .body("note", nullValue())
                    .body("reason", equalTo("spam"))
                    .body("state", equalTo("rejected")));
    assertThat(told).contains("Lovelace is no lead");
    assertThat(rejected(handoff, note)).isEqualTo("{\"erased\":true}");
    assertThat(
            asSeller("ada")
                .accept("text/html")
                .get("/handoffs/" + handoff + "/brief")
                .then()
                .statusCode(200)
                .extract()
                .asString())
        .contains("(erased)")
        .doesNotContain("Lovelace");
  }

  private static void showsWho(String handoff) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                asSeller("ada")
                    .get("/handoffs/" + handoff)
                    .then()
                    .body("contact.lastName", equalTo("Lovelace")));
  }

  private static String rejected(String handoff, String note) {
    return asSeller("ada")
        .header("Idempotency-Key", "reject-" + handoff)
        .body(note)
        .post("/handoffs/" + handoff + "/reject")
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  @Test
  void the_inbox_is_read_in_pages_that_new_handoffs_do_not_shift() {
    hire("paula", "\"team\": \"pages\"");
    var leads = IntStream.range(0, 5).mapToObj(i -> id()).toList();
    publish(leads.stream().map(Office::qualified).toList());
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> as("sales").get("/handoffs?team=pages").then().body("items", hasSize(5)));
    List<String> all = as("sales").get("/handoffs?seller=paula").path("items.handoffId");

    var first = as("sales").get("/handoffs?team=pages&limit=2");
    var newcomer = id();
    publish(List.of(qualified(newcomer)));
    offered(newcomer);
    var second = as("sales").get("/handoffs?team=pages&limit=3&cursor=" + first.path("next"));

    assertThat(first.<List<String>>path("items.handoffId")).isEqualTo(all.subList(0, 2));
    assertThat(second.<List<String>>path("items.handoffId")).isEqualTo(all.subList(2, 5));
    assertThat(second.<@Nullable String>path("next")).isNull();
    as("sales").get("/handoffs?state=lost").then().statusCode(422);
    as("sales").get("/handoffs?cursor=forged").then().statusCode(400);
  }

  private static String offered(UUID lead) {
    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(lead)).isEqualTo("offered"));
    return handoffOf(lead);
  }

  private static @Nullable String sellerOf(UUID lead) {
    return handoffsOf(lead).then().extract().path("items[0].sellerId");
  }

  private static void step(
      String seller, String handoff, String step, String body, String stateAfter) {
    asSeller(seller)
        .body(body)
        .post("/handoffs/" + handoff + "/" + step)
        .then()
        .statusCode(200)
        .body("state", equalTo(stateAfter));
  }

  private static LeadOutcome outcome(
      UUID lead, OutcomeResult result, Instant at, @Nullable UUID pass) {
    return new LeadOutcome(
        lead, at, 0, id(), 1, pass, result, null, null, null, null, null, List.of());
  }

  private static LeadContact contact(UUID lead, long revision, String lastName) {
    return new LeadContact(
        lead, NINE, 0, revision, null, "Ada", lastName, "ada@example.org", null, null, null);
  }
}
