package baton.handoff;

import static baton.handoff.Notary.LATER;
import static baton.handoff.Notary.charter;
import static baton.handoff.Notary.hashOf;
import static baton.handoff.Notary.propose;
import static baton.handoff.Notary.proposed;
import static baton.handoff.Notary.sign;
import static baton.handoff.Notary.signedByBoth;
import static baton.handoff.Office.as;
import static baton.handoff.Office.hire;
import static baton.handoff.Office.id;
import static baton.handoff.Office.publish;
import static baton.handoff.Office.qualified;
import static baton.handoff.Office.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import baton.charter.Agreement;
import baton.charter.Read;
import baton.contracts.Charter;
import baton.contracts.Json;
import baton.contracts.LeadHandoff;
import baton.contracts.Side;
import baton.contracts.Signature;
import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(
    value = BatonTestResource.class,
    initArgs = @ResourceArg(name = "database", value = "handoff"))
class CharterSigningIT {
  static final Duration SOON = Duration.ofSeconds(60);
  static final int AT_ONCE = 8;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          capture,       marketing, 403
          capture,       sales,     403
          marketing,     marketing, 201
          marketing,     sales,     403
          sales,         marketing, 403
          sales,         sales,     403
          sales-manager, marketing, 403
          sales-manager, sales,     201
          report,        marketing, 403
          report,        sales,     403
          admin,         marketing, 403
          admin,         sales,     403
          """)
  void only_a_sides_own_role_signs_for_it(String role, String side, int status) {
    int version = proposed(charter(role + " for " + side, LATER));
    var before = as("report").get("/charters/" + version).asString();

    var answer = sign(role, version, side, hashOf(version));

    answer.then().statusCode(status);
    var after = as("report").get("/charters/" + version);
    if (status == 201) {
      after.then().body("signatures.side", is(List.of(side))).body("state", equalTo("proposed"));
    } else {
      assertThat(after.asString()).isEqualTo(before);
    }
  }

  @Test
  void what_is_wrong_with_a_signature_is_said_and_changes_nothing() {
    int version =
        proposed(charter("narrow", LATER + "signatories: { marketing: [grete], sales: [] }\n"));
    var before = as("report").get("/charters/" + version).asString();

    sign("marketing", version, "marketing", hashOf(version))
        .then()
        .statusCode(403)
        .body("detail", containsString("names who signs"));
    sign("sales-manager", version, "sales", "0".repeat(64))
        .then()
        .statusCode(409)
        .body("detail", containsString(hashOf(version)))
        .body("state", equalTo("proposed"));
    as("marketing")
        .body("{}")
        .post("/charters/" + version + "/signatures")
        .then()
        .statusCode(422)
        .body("errors.pointer.sort()", is(List.of("/contentHash", "/side")));
    sign("marketing", version, "both", hashOf(version)).then().statusCode(422);
    sign("marketing", 2_000_000_000, "marketing", hashOf(version)).then().statusCode(404);

    assertThat(as("report").get("/charters/" + version).asString()).isEqualTo(before);
  }

  @Test
  void what_both_have_signed_is_published_once_and_stays_signed() throws IOException {
    int older = proposed(charter("never to be", LATER));
    int version = proposed(charter("to be", LATER));
    var first = sign("sales-manager", version, "sales", hashOf(version));
    first.then().statusCode(201).body("signatures.size()", is(1));
    sign("sales-manager", version, "sales", hashOf(version))
        .then()
        .statusCode(200)
        .body(equalTo(first.asString()));

    var second = sign("marketing", version, "marketing", hashOf(version));

    second
        .then()
        .statusCode(201)
        .body("state", equalTo("signed"))
        .body("effectiveFrom", equalTo("2190-01-01T00:00:00.000Z"))
        .body("signatures.side", is(List.of("sales", "marketing")))
        .body("signatures.signatory", is(List.of("testsalesmanager", "testmarketing")));
    sign("marketing", version, "marketing", hashOf(version))
        .then()
        .statusCode(200)
        .body(equalTo(second.asString()));
    await().atMost(SOON).untilAsserted(() -> assertThat(published(version)).hasSize(1));
    var charter = published(version).getFirst();
    assertThat(charter.signatures())
        .extracting(Signature::side)
        .containsExactly(Side.SALES, Side.MARKETING);
    assertThat(charter.effectiveFrom()).isEqualTo(Instant.parse("2190-01-01T00:00:00Z"));
    assertThat(Agreement.of(charter.document()))
        .isInstanceOfSatisfying(
            Read.Good.class,
            good -> assertThat(good.agreement().contentHash()).isEqualTo(charter.contentHash()));
    sign("marketing", older, "marketing", hashOf(older))
        .then()
        .statusCode(409)
        .body("state", equalTo("overtaken"));
    as("admin").get("/charters/" + older).then().body("state", equalTo("overtaken"));
  }

  @Test
  void proposals_at_once_are_versions_of_their_own() {
    var answers = atOnce(n -> propose("sales-manager", charter("at once " + n, LATER)));

    assertThat(answers).allMatch(answer -> answer.statusCode() == 201);
    assertThat(answers)
        .extracting(answer -> answer.<Integer>path("version"))
        .doesNotHaveDuplicates();
  }

  @Test
  void the_same_proposed_at_once_is_one_version() {
    var answers = atOnce(_ -> propose("admin", charter("only once", LATER)));

    assertThat(answers)
        .extracting(answer -> answer.<Integer>path("version"))
        .containsOnly(answers.getFirst().<Integer>path("version"));
    assertThat(answers).extracting(Response::statusCode).containsOnlyOnce(201);
    assertThat(answers).extracting(Response::statusCode).containsOnly(200, 201);
  }

  @Test
  void both_sides_at_once_and_more_than_once_sign_exactly_once() {
    int version = proposed(charter("signed at once", LATER));
    var hash = hashOf(version);

    var answers =
        atOnce(
            n ->
                n % 2 == 0
                    ? sign("marketing", version, "marketing", hash)
                    : sign("sales-manager", version, "sales", hash));

    assertThat(Collections.frequency(answers.stream().map(Response::statusCode).toList(), 201))
        .isEqualTo(2);
    assertThat(answers).extracting(Response::statusCode).containsOnly(200, 201);
    as("report")
        .get("/charters/" + version)
        .then()
        .body("state", equalTo("signed"))
        .body("signatures.side.sort()", is(List.of("marketing", "sales")))
        .header("ETag", "\"3\"");
    int marker = proposed(charter("after those", LATER));
    signedByBoth(marker);
    await().atMost(SOON).untilAsserted(() -> assertThat(published(marker)).hasSize(1));
    assertThat(published(version)).hasSize(1);
  }

  @Test
  void a_charter_governs_from_its_instant_and_leaves_what_was_before() {
    hire("ada", "\"weight\": 1");
    int before = as("sales").get("/charters/current").path("version");
    var instant = Instant.now().plusSeconds(10).truncatedTo(ChronoUnit.SECONDS);
    int version = proposed(charter("governing", "effectiveFrom: " + instant + "\n"));
    signedByBoth(version);
    await().atMost(SOON).untilAsserted(() -> assertThat(published(version)).hasSize(1));
    var lead = id();
    publish(List.of(qualified(lead)));

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> as("sales").get("/charters/current").then().body("version", equalTo(version)));

    assertThat(Instant.now()).isAfterOrEqualTo(instant);
    await().atMost(SOON).untilAsserted(() -> assertThat(told(lead)).isNotEmpty());
    attempt(lead, instant.minusMillis(1));
    attempt(lead, instant);
    await().atMost(SOON).untilAsserted(() -> assertThat(attempts(lead)).hasSize(2));
    assertThat(attempts(lead))
        .extracting(LeadHandoff::charterVersion)
        .containsExactly(before, version);
  }

  private static void attempt(java.util.UUID lead, Instant at) {
    as("sales")
        .body("{\"channel\": \"call\", \"result\": \"no-answer\", \"occurredAt\": \"" + at + "\"}")
        .post("/handoffs/" + Office.handoffOf(lead) + "/attempts")
        .then()
        .statusCode(200);
  }

  private static List<LeadHandoff> attempts(java.util.UUID lead) {
    return told(lead).stream()
        .filter(step -> step.step() == baton.contracts.HandoffStep.ATTEMPTED)
        .toList();
  }

  private static List<Charter> published(int version) {
    return Infrastructure.shared().read(Topic.CHARTER).stream()
        .map(record -> event(record.value()))
        .filter(charter -> charter.version() == version)
        .toList();
  }

  private static Charter event(byte[] value) {
    try {
      return Json.mapper().readValue(value, Charter.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<Response> atOnce(IntFunction<Response> call) {
    var calls =
        IntStream.range(0, AT_ONCE)
            .mapToObj(n -> CompletableFuture.supplyAsync(() -> call.apply(n)))
            .toList();
    return calls.stream().map(CompletableFuture::join).toList();
  }
}
