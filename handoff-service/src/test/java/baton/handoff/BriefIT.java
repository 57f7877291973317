package baton.handoff;

import static baton.handoff.Office.NINE;
import static baton.handoff.Office.as;
import static baton.handoff.Office.asSeller;
import static baton.handoff.Office.handoffOf;
import static baton.handoff.Office.hire;
import static baton.handoff.Office.id;
import static baton.handoff.Office.publish;
import static baton.handoff.Office.sendEverybodyHome;
import static baton.handoff.Office.stateOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import baton.chassis.charter.Charters;
import baton.contracts.Campaign;
import baton.contracts.Company;
import baton.contracts.LeadContact;
import baton.contracts.LeadMerged;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadQualified;
import baton.contracts.LeadTouched;
import baton.contracts.LeadUnmerged;
import baton.contracts.Origin;
import baton.contracts.OutcomeResult;
import baton.contracts.Profile;
import baton.contracts.ScorePart;
import baton.contracts.Topic;
import baton.contracts.TouchSeen;
import baton.infrastructure.BatonTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
    value = BatonTestResource.class,
    initArgs = @ResourceArg(name = "database", value = "handoff"))
@TestProfile(UnderCharter.class)
class BriefIT {
  static final Duration SOON = Duration.ofSeconds(60);

  @Inject Charters charters;

  @BeforeEach
  void only_ada_is_there_and_a_charter_governs() {
    sendEverybodyHome();
    if (charters.versionAt(NINE) == 0) {
      UnderCharter.sign(charters, 1, "assign");
    }
    hire("ada", "\"team\": \"inside\"");
  }

  @Test
  void a_brief_says_who_what_they_were_told_why_and_how_it_went_before() {
    var lead = id();
    publish(List.of(contact(lead, "Jo <b>Rivet</b>"), campaign()));
    publish(List.of(mql(lead, NINE)));
    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(lead)).isEqualTo("offered"));
    var first = handoffOf(lead);
    as("sales")
        .body("{\"reason\": \"wrong-persona\"}")
        .post("/handoffs/" + first + "/reject")
        .then()
        .statusCode(200);
    publish(List.of(mql(lead, NINE.plus(Duration.ofDays(60))), touched(lead, "pricing-page")));
    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(lead)).isEqualTo("offered"));
    var second = handoffOf(lead);
    as("sales").get("/handoffs?persona=marketer&lead=" + lead).then().body("items", empty());
    as("sales")
        .get("/handoffs?persona=it-director&lead=" + lead)
        .then()
        .body("items.pass", equalTo(List.of(2, 1)));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                asSeller("ada")
                    .get("/handoffs/" + second + "/brief")
                    .then()
                    .statusCode(200)
                    .header("Content-Type", startsWith("application/json"))
                    .header("Cache-Control", "no-store")
                    .body("handoffId", equalTo(second))
                    .body("pass", equalTo(2))
                    .body("who.name", equalTo("Jo <b>Rivet</b>"))
                    .body("who.phone", equalTo("+49 30 1234"))
                    .body("company.name", equalTo("Acme"))
                    .body("company.employees", equalTo(300))
                    .body("persona.name", equalTo("IT director"))
                    .body("persona.painPoints", is(List.of("lost-leads")))
                    .body("persona.objections", is(List.of("security")))
                    .body("persona.wants", equalTo("Wants to talk"))
                    .body("why.why", equalTo("score 72 of 60"))
                    .body("why.score", equalTo(72))
                    .body("why.parts[0].rule", equalTo("demo"))
                    .body("campaign.offer", equalTo("A day's audit"))
                    .body("campaign.message", equalTo("Stop losing leads"))
                    .body("touches.kind", is(List.of("webinar", "demo-request", "pricing-page")))
                    .body("earlier", hasSize(1))
                    .body("earlier[0].state", equalTo("rejected"))
                    .body("earlier[0].reason", equalTo("wrong-persona")));
    asSeller("ada")
        .accept("text/html")
        .get("/handoffs/" + second + "/brief")
        .then()
        .statusCode(200)
        .header("Content-Type", startsWith("text/html"))
        .body(
            allOf(
                containsString("<h1>Jo &lt;b&gt;Rivet&lt;/b&gt;</h1>"),
                containsString("Stop losing leads"),
                containsString("wrong-persona"),
                containsString("2026-11-10 09:00"),
                not(containsString("<b>"))));
  }

  @Test
  void leads_that_are_one_have_one_history_until_they_are_parted() {
    var jo = id();
    var twin = id();
    publish(List.of(mql(twin, NINE), touched(twin, "pricing-page")));
    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(twin)).isEqualTo("offered"));
    publish(List.of(mql(jo, NINE.plus(Duration.ofDays(60)))));
    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(jo)).isEqualTo("offered"));
    var path = "/handoffs/" + handoffOf(jo) + "/brief";
    var merge = id();

    publish(List.of(merged(jo, merge, jo, twin), merged(twin, merge, jo, twin)));

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              as("sales-manager")
                  .get(path)
                  .then()
                  .body("pass", equalTo(2))
                  .body("earlier", hasSize(1))
                  .body("touches.kind", hasItem("pricing-page"));
              as("sales")
                  .get("/handoffs?lead=" + twin)
                  .then()
                  .body("items.pass", equalTo(List.of(2, 1)));
            });
    publish(List.of(lost(jo, NINE.plus(Duration.ofDays(1)))));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("sales")
                    .get("/handoffs?lead=" + jo)
                    .then()
                    .body("items.state", equalTo(List.of("offered", "closed"))));
    publish(
        List.of(
            new LeadUnmerged(twin, NINE, 1, merge, jo, twin),
            new LeadUnmerged(jo, NINE, 1, merge, jo, twin)));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              as("sales-manager")
                  .get(path)
                  .then()
                  .body("pass", equalTo(1))
                  .body("earlier", hasSize(0))
                  .body("touches.kind", not(hasItem("pricing-page")));
              assertThat(stateOf(twin)).isEqualTo("closed");
            });
  }

  private static LeadMerged merged(UUID lead, UUID merge, UUID survivor, UUID absorbed) {
    return new LeadMerged(lead, NINE, 1, merge, survivor, absorbed);
  }

  private static LeadOutcome lost(UUID lead, Instant at) {
    return new LeadOutcome(
        lead, at, 1, id(), 1, null, OutcomeResult.LOST, null, null, null, null, null, List.of());
  }

  @Test
  void a_brief_is_its_sellers_and_his_managers_only() {
    var lead = id();
    publish(List.of(mql(lead, NINE)));
    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(lead)).isEqualTo("offered"));
    var path = "/handoffs/" + handoffOf(lead) + "/brief";

    asSeller("grace").get(path).then().statusCode(404);
    as("marketing").get(path).then().statusCode(403);
    as("sales-manager").get(path).then().statusCode(200).body("who", nullValue());
    asSeller("ada").get("/handoffs/" + id() + "/brief").then().statusCode(404);
    asSeller("ada").get("/handoffs/nonsense/brief").then().statusCode(404);
  }

  @Test
  void who_is_forgotten_is_gone_from_the_brief() {
    var lead = id();
    publish(List.of(contact(lead, "Jo Rivet"), mql(lead, NINE)));
    await().atMost(SOON).untilAsserted(() -> assertThat(stateOf(lead)).isEqualTo("offered"));
    var path = "/handoffs/" + handoffOf(lead) + "/brief";
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> as("sales-manager").get(path).then().body("who.name", equalTo("Jo Rivet")));

    Office.bury(Topic.LEAD_CONTACT, lead);

    await()
        .atMost(SOON)
        .untilAsserted(() -> as("sales-manager").get(path).then().body("who", nullValue()));
  }

  private static LeadQualified mql(UUID lead, Instant at) {
    return new LeadQualified(
        lead,
        at,
        1,
        id(),
        "score 72 of 60",
        "it-director",
        null,
        "B",
        1,
        new BigDecimal("72"),
        List.of(new ScorePart("demo", new BigDecimal("50"), null)),
        new Profile(
            "search",
            "cpc",
            "Paid Search",
            "spring",
            "/demo",
            "FR",
            Origin.INBOUND,
            "CIO",
            null,
            null,
            new Company(null, 300, "software", "FR"),
            Map.of()),
        List.of(
            new TouchSeen(id(), "demo-request", Instant.parse("2026-11-12T09:00:00Z")),
            new TouchSeen(id(), "webinar", Instant.parse("2026-11-10T09:00:00Z"))));
  }

  private static LeadTouched touched(UUID lead, String kind) {
    return new LeadTouched(
        lead, Instant.now(), 1, id(), kind, null, null, null, "Direct", null, Map.of());
  }

  private static LeadContact contact(UUID lead, String name) {
    return new LeadContact(
        lead, NINE, 1, 1, name, null, null, "jo@acme.example", "+49 30 1234", "CIO", "Acme");
  }

  private static Campaign campaign() {
    return new Campaign(
        "spring",
        NINE,
        1,
        1,
        false,
        "Spring",
        "A day's audit",
        "Stop losing leads",
        null,
        null,
        null,
        null,
        List.of("audit.pdf"),
        List.of(),
        null,
        null,
        List.of(),
        null,
        null,
        List.of());
  }
}
