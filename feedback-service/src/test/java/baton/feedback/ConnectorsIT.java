package baton.feedback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.chassis.pseudonym.Pseudonyms;
import baton.contracts.ErasureKind;
import baton.contracts.ExternalId;
import baton.contracts.Json;
import baton.contracts.LeadErased;
import baton.contracts.LeadOutcome;
import baton.contracts.Money;
import baton.contracts.OutcomeResult;
import baton.contracts.SalesStep;
import baton.contracts.SellerStep;
import baton.feedback.crm.Payloads;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** CRMs send deals and steps, through real PostgreSQL and Kafka. */
@SuppressWarnings("NullAway.Init") // JUnit and Quarkus fill the fields
@QuarkusTest
@Timeout(120)
@QuarkusTestResource(BatonTestResource.class)
class ConnectorsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final String SECRET = "a-secret-of-ours";
  private static final String KEY = "00112233445566778899aabbccddeeff";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Infrastructure infrastructure;
  @TestHTTPResource URI root;
  @Inject DataSource database;
  @Inject Pseudonyms pseudonyms;

  private Topics topics;
  private UUID ada;
  private String id;

  @BeforeEach
  void begin() {
    topics = new Topics(infrastructure);
    ada = UuidCreator.getTimeOrderedEpoch();
    id = "c" + ada.toString().substring(24);
  }

  @AfterEach
  void end() {
    topics.close();
  }

  @Test
  void salesforces_messages_are_taken_from_its_organization_and_acknowledged() {
    var unset = put(id, "{\"kind\": \"salesforce\", \"secrets\": [\"%s\"]}".formatted(SECRET));
    var set =
        put(
            id,
            """
            {"kind": "salesforce", "secrets": ["%s"], "organizationId": "00D7F00000107Xs",
             "outcomes": {"*": {"Perception Analysis": "won"}}, "defaults": {"currency": "EUR"}}
            """
                .formatted(SECRET));
    assertThat(List.of(unset.statusCode(), set.statusCode())).containsExactly(422, 200);
    var message =
        new String(Payloads.bytes("salesforce/outbound-message.opportunity.xml"), UTF_8)
            .replace("0067F000003pmdWQAQ", "deal-" + id)
            .replace("0017F000007ydJmQAI", "account-" + id);
    var address = "/webhooks/salesforce/" + id;

    var refused =
        List.of(
            send(address, message),
            send(address + "?secret=", message),
            send(address + "?secret=another-secret", message),
            send("/webhooks/hubspot/" + id + "?secret=" + SECRET, message),
            send("/webhooks/salesforce/nobody?secret=" + SECRET, message),
            send(
                address + "?secret=" + SECRET,
                message.replace("00D7F00000107XsUAI", "00D7F00000107XSUAI")),
            send(
                address + "?secret=" + SECRET,
                message.replace("<soapenv:Envelope", "<!DOCTYPE a><soapenv:Envelope")));
    var taken = send(address + "?secret=" + SECRET, message);
    topics.say(Topics.captured(ada, NINE, new ExternalId("salesforce", "account-" + id)));

    assertThat(refused).extracting(HttpResponse::statusCode).containsOnly(401);
    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(taken.headers().firstValue("Content-Type").orElse("")).startsWith("text/xml");
    assertThat(taken.body()).contains("<Ack>true</Ack>");
    await().atMost(SOON).untilAsserted(() -> assertThat(outcomes()).hasSize(1));
    var won = outcomes().getFirst();
    assertThat(won.result()).isEqualTo(OutcomeResult.WON);
    assertThat(won.amount()).isEqualTo(new Money(new BigDecimal("120000.00"), "EUR"));
    assertThat(won.expectedClose()).hasToString("2017-04-03");
    assertThat(won.externalId()).isEqualTo(new ExternalId(id, "deal-" + id));
  }

  @Test
  void a_hundred_who_send_the_same_at_once_make_one_outcome() {
    put(id, "{\"kind\": \"pipedrive\", \"secrets\": [\"%s\"]}".formatted(SECRET));
    topics.say(Topics.captured(ada, NINE, new ExternalId("pipedrive", "person-" + id)));
    var body =
        """
        {"meta": {"entity": "deal"}, "data": {"id": "deal-%1$s", "status": "won",
          "person_id": "person-%1$s", "value": 10, "currency": "EUR",
          "update_time": "2026-03-01T10:00:00Z"}, "previous": {}}
        """
            .formatted(id);

    var replies =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    later(
                        "/webhooks/pipedrive/" + id,
                        i % 2 == 0 ? body : body + " ".repeat(i),
                        basic()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(replies).extracting(HttpResponse::statusCode).containsOnly(200);
    await().atMost(SOON).untilAsserted(() -> assertThat(outcomes()).hasSize(1));
    for (var delivery : deliveries()) {
      var replayed =
          post(
              "/connectors/%s/deliveries/%s/replay".formatted(id, delivery.path("number").asText()),
              "");
      assertThat(replayed.statusCode()).isEqualTo(200);
      assertThat(json(replayed).at("/elements/0/became").asText()).isEqualTo("outcome");
    }
    assertThat(outcomes()).hasSize(1);
  }

  @Test
  void hubspots_changes_come_one_at_a_time_in_any_order_and_before_their_lead() {
    put(
        id,
        """
        {"kind": "hubspot", "secrets": ["%s"], "defaults": {"currency": "EUR"}}
        """
            .formatted(SECRET));
    var won = change("dealstage", "closedwon", 3);
    var amount = change("amount", "1250", 2);
    var open = change("dealstage", "qualifiedtobuy", 1);
    var now = Instant.now();

    assertThat(hubspot("[" + amount + "]", now, 0)).isEqualTo(200);
    assertThat(hubspot("[" + won + ", {\"odd\": true}]", now, 0)).isEqualTo(200);
    assertThat(hubspot("[" + open + "]", now, 0)).isEqualTo(200);
    assertThat(hubspot("[" + open + "] ", now, 1)).isEqualTo(401);
    assertThat(hubspot("[" + open + "]  ", now.minusSeconds(600), 0)).isEqualTo(401);
    topics.say(Topics.captured(ada, NINE, new ExternalId("hubspot-deal", "77" + number())));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(outcomes())
                    .as("%s, of deliveries %s", get("/outcomes").body(), deliveries())
                    .hasSize(1));
    var told = outcomes().getFirst();
    assertThat(told.result()).isEqualTo(OutcomeResult.WON);
    assertThat(told.amount()).isEqualTo(new Money(new BigDecimal("1250.00"), "EUR"));
    assertThat(told.occurredAt()).isEqualTo(NINE.plusSeconds(180));
    assertThat(deliveries()).hasSize(3);
    assertThat(deliveries())
        .extracting(delivery -> delivery.at("/elements/0/became").asText())
        .containsExactly("outcome", "outcome", "deal");
    assertThat(deliveries().get(1).at("/elements/1/became").asText()).isEqualTo("skipped");
  }

  @Test
  void closes_calls_are_steps_and_a_bad_element_says_what_is_wrong() {
    put(id, "{\"kind\": \"close\", \"secrets\": [\"%s\"]}".formatted(KEY));
    topics.say(Topics.captured(ada, NINE, new ExternalId("close", "lead-" + id)));
    var call =
        """
        {"event": {"object_type": "activity.call", "data": {"id": "acti-%1$s",
          "disposition": "answered", "lead_id": "lead-%1$s", "date_created": "2026-03-02T10:00:00Z"}}}
        """
            .formatted(id);
    var noCurrency =
        """
        {"event": {"object_type": "opportunity", "date_updated": "2026-03-02T10:00:00.000000",
          "data": {"id": "oppo-%1$s", "status_type": "won", "value": 125000, "lead_id": "lead-%1$s"}}}
        """
            .formatted(id);
    var tomorrow = noCurrency.replace("2026-03-02", "2096-03-02").replace("oppo-", "oppo2-");

    assertThat(close(call)).isEqualTo(200);
    assertThat(close(noCurrency)).isEqualTo(200);
    assertThat(close(tomorrow)).isEqualTo(200);

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(topics.about(ada, SalesStep.class)).hasSize(1));
    assertThat(topics.about(ada, SalesStep.class).getFirst())
        .satisfies(
            step -> {
              assertThat(step.step()).isEqualTo(SellerStep.CONNECTED);
              assertThat(step.channel()).isEqualTo("call");
              assertThat(step.externalId()).isEqualTo(new ExternalId(id, "acti-" + id));
            });
    var log = deliveries();
    assertThat(log.get(1).at("/elements/0/became").asText()).isEqualTo("outcome");
    assertThat(log.get(1).at("/elements/0/errors/0/pointer").asText())
        .isEqualTo("/amount/currency");
    assertThat(log.get(0).path("state").asText()).isEqualTo("failed");
    assertThat(log.get(0).at("/elements/0/errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/amount/currency", "/occurredAt");
    var inspected = get("/connectors/%s/deliveries/%s".formatted(id, log.get(2).path("number")));
    assertThat(inspected.statusCode()).isEqualTo(200);
    assertThat(inspected.body()).doesNotContain("lead-" + id).contains("disposition");
  }

  @Test
  void a_deal_of_somebody_who_was_erased_stays_theirs_without_a_name() throws Exception {
    put(id, "{\"kind\": \"pipedrive\", \"secrets\": [\"%s\"]}".formatted(SECRET));
    topics.say(Topics.captured(ada, NINE, new ExternalId("pipedrive", "person-" + id)));
    sendDeal("open", 10, "2026-03-01T10:00:00Z");
    await().atMost(SOON).untilAsserted(() -> assertThat(outcomes()).isNotEmpty());

    topics.say(new LeadErased(ada, NINE.plusSeconds(60), 0, ErasureKind.ERASED, ada));
    await().atMost(SOON).untilAsserted(() -> assertThat(deal()).doesNotContain("person-" + id));
    sendDeal("won", 20, "2026-03-02T10:00:00Z");

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(outcomes().getLast().result()).isEqualTo(OutcomeResult.WON));
    assertThat(outcomes()).extracting(LeadOutcome::leadId).containsOnly(ada);
    assertThat(deal()).contains(ada.toString()).doesNotContain("person-" + id);
  }

  @Test
  void a_deal_that_came_to_nothing_yet_is_scrubbed_with_whom_it_speaks_of() throws Exception {
    var who = "zq" + id + "@who.example";
    put(id, "{\"kind\": \"generic\", \"secrets\": [\"%s\"]}".formatted(SECRET));
    topics.say(Topics.captured(ada, NINE, pseudonyms.of(new ExternalId("crm", who))));
    var body =
        """
        {"id": "deal-%s", "stage": "Gespräch", "contact": "%s", "reason": "zq said no",
         "occurredAt": "2026-03-01T10:00:00Z"}
        """;
    assertThat(generic(body.formatted(id, who)).statusCode()).isEqualTo(200);
    assertThat(deliveries().getFirst().at("/elements/0/became").asText()).isEqualTo("deal");
    assertThat(deal()).contains(who);

    topics.say(new LeadErased(ada, NINE.plusSeconds(60), 0, ErasureKind.ERASED, ada));

    await().atMost(SOON).untilAsserted(() -> assertThat(deal()).isNotEmpty().doesNotContain(who));
    var inspected =
        "/connectors/%s/deliveries/%s"
            .formatted(id, deliveries().getFirst().path("number").asText());
    assertThat(get(inspected).body()).doesNotContain("zq");
    assertThat(bodies()).noneMatch(kept -> kept.contains(who));
    assertThat(generic(body.formatted(id, who).replace("Gespräch", "Nochmal")).statusCode())
        .isEqualTo(200);
    assertThat(bodies()).hasSize(2).noneMatch(kept -> kept.contains(who));
    put(id, "{\"kind\": \"generic\", \"outcomes\": {\"*\": {\"Gewonnen\": \"won\"}}}");
    assertThat(
            generic(
                    """
                    {"id": "deal-%s", "stage": "Gewonnen", "occurredAt": "2026-03-05T10:00:00Z"}
                    """
                        .formatted(id))
                .statusCode())
        .isEqualTo(200);
    await().atMost(SOON).untilAsserted(() -> assertThat(outcomes()).hasSize(1));
    assertThat(outcomes().getFirst().leadId()).isEqualTo(ada);
  }

  /** What was noted of this connector, the newest first. */
  private List<String> acts() {
    var audit =
        CLIENT
            .sendAsync(
                request("/audit?subject=" + id, infrastructure.key("admin")).GET().build(),
                BodyHandlers.ofString())
            .join();
    return json(audit).path("items").findValuesAsText("act");
  }

  private HttpResponse<String> generic(String body) {
    return send("/webhooks/generic/" + id + "?secret=" + SECRET, body);
  }

  /** What is kept of what was delivered. */
  private List<String> bodies() throws SQLException {
    try (var connection = database.getConnection();
        var query =
            connection.prepareStatement("SELECT body FROM delivery WHERE connector_id = ?")) {
      query.setString(1, id);
      try (var rows = query.executeQuery()) {
        var bodies = new java.util.ArrayList<String>();
        while (rows.next()) {
          bodies.add(new String(rows.getBytes(1), java.nio.charset.StandardCharsets.UTF_8));
        }
        return bodies;
      }
    }
  }

  private void sendDeal(String status, int value, String at) {
    var body =
        """
        {"meta": {"entity": "deal"}, "data": {"id": "deal-%1$s", "status": "%2$s",
          "person_id": "person-%1$s", "value": %3$d, "currency": "EUR",
          "update_time": "%4$s"}, "previous": {}}
        """
            .formatted(id, status, value, at);
    assertThat(later("/webhooks/pipedrive/" + id, body, basic()).join().statusCode())
        .isEqualTo(200);
  }

  /** All that is kept of what the CRM said. */
  private String deal() throws SQLException {
    try (var connection = database.getConnection();
        var query =
            connection.prepareStatement("SELECT said FROM crm_deal WHERE connector_id = ?")) {
      query.setString(1, id);
      try (var rows = query.executeQuery()) {
        return rows.next() ? rows.getString(1) : "";
      }
    }
  }

  @Test
  void a_corrected_mapping_reads_what_was_delivered_anew() {
    put(id, "{\"kind\": \"generic\", \"secrets\": [\"%s\"]}".formatted(SECRET));
    topics.say(Topics.captured(ada, NINE, new ExternalId("crm", "lead-" + id)));
    var body =
        """
        {"id": "deal-%1$s", "stage": "Gewonnen", "contact": "lead-%1$s",
         "occurredAt": "2026-03-01T10:00:00Z"}
        """
            .formatted(id);
    assertThat(send("/webhooks/generic/" + id + "?secret=" + SECRET, body).statusCode())
        .isEqualTo(200);
    assertThat(deliveries().getFirst().at("/elements/0/became").asText()).isEqualTo("deal");

    var second =
        put(
            id,
            """
            {"kind": "generic", "outcomes": {"*": {"Gewonnen": "won"}}}
            """);
    var dry = json(post("/connectors/" + id + "/dry-run", body));
    var number = deliveries().getFirst().path("number").asText();
    var replayed = json(post("/connectors/%s/deliveries/%s/replay".formatted(id, number), ""));

    assertThat(json(second).path("version").asInt()).isEqualTo(2);
    assertThat(second.body()).doesNotContain(SECRET);
    assertThat(dry.at("/elements/0/command/result").asText()).isEqualTo("won");
    assertThat(replayed.at("/elements/0/became").asText()).isEqualTo("outcome");
    assertThat(replayed.path("version").asInt()).isEqualTo(2);
    assertThat(acts()).containsExactly("delivery.replayed", "connector.set-up", "connector.set-up");
    await().atMost(SOON).untilAsserted(() -> assertThat(outcomes()).hasSize(1));
  }

  @Test
  void what_is_set_up_wrongly_is_said_all_at_once_and_marketing_may_not() {
    var wrong =
        put(
            id,
            """
            {"kind": "fax", "secrets": ["short"], "organizationId": "x", "colour": 1,
             "outcomes": {"*": {"A": "gone", "C": null}}, "steps": {"B": {"step": "danced"}}}
            """);
    var byMarketing =
        CLIENT.sendAsync(
            request("/connectors/" + id, infrastructure.key("marketing"))
                .PUT(BodyPublishers.ofString("{}"))
                .build(),
            BodyHandlers.ofString());

    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(
            StreamSupport.stream(json(wrong).path("errors").spliterator(), false)
                .map(error -> error.path("pointer").asText()))
        .contains(
            "/kind",
            "/secrets/0",
            "/organizationId",
            "/colour",
            "/outcomes/*/A",
            "/outcomes/*/C",
            "/steps/B/step");
    assertThat(byMarketing.join().statusCode()).isEqualTo(403);
  }

  private List<LeadOutcome> outcomes() {
    return topics.about(ada, LeadOutcome.class);
  }

  /** The newest first. */
  private List<JsonNode> deliveries() {
    var page = json(get("/connectors/" + id + "/deliveries?limit=500"));
    return StreamSupport.stream(page.path("items").spliterator(), false).toList();
  }

  /** Shorter than what is taken for a phone number. */
  private String number() {
    return Integer.toString(id.hashCode() & 0xfffff);
  }

  private String change(String property, String value, int minute) {
    return """
    {"subscriptionType": "deal.propertyChange", "propertyName": "%s", "propertyValue": "%s",
      "objectId": 77%s, "occurredAt": %d}
    """
        .formatted(property, value, number(), NINE.plusSeconds(60L * minute).toEpochMilli());
  }

  /** Signs as HubSpot does; {@code flipped} bits of the body are others on the way. */
  private int hubspot(String body, Instant at, int flipped) {
    var address = "/webhooks/hubspot/" + id;
    var sent = Long.toString(at.toEpochMilli());
    var signed = "POST" + root.resolve(address) + body + sent;
    var signature =
        Base64.getEncoder().encodeToString(hmac(SECRET.getBytes(UTF_8), signed.getBytes(UTF_8)));
    var bytes = body.getBytes(UTF_8);
    bytes[bytes.length - 1] ^= (byte) flipped;
    return later(
            address,
            new String(bytes, UTF_8),
            "X-HubSpot-Signature-v3",
            signature,
            "X-HubSpot-Request-Timestamp",
            sent)
        .join()
        .statusCode();
  }

  private int close(String body) {
    var at = Long.toString(Instant.now().getEpochSecond());
    var signature = hmac(HexFormat.of().parseHex(KEY), (at + body).getBytes(UTF_8));
    return later(
            "/webhooks/close/" + id,
            body,
            "close-sig-timestamp",
            at,
            "close-sig-hash",
            HexFormat.of().formatHex(signature))
        .join()
        .statusCode();
  }

  private static byte[] hmac(byte[] key, byte[] text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String[] basic() {
    var pair = Base64.getEncoder().encodeToString(("baton:" + SECRET).getBytes(UTF_8));
    return new String[] {"Authorization", "Basic " + pair};
  }

  private HttpResponse<String> send(String path, String body) {
    return later(path, body).join();
  }

  private CompletableFuture<HttpResponse<String>> later(
      String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(root.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", body.startsWith("<") ? "text/xml" : "application/json")
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> put(String connector, String body) {
    return CLIENT
        .sendAsync(
            request("/connectors/" + connector, infrastructure.key("admin"))
                .PUT(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString())
        .join();
  }

  private HttpResponse<String> post(String path, String body) {
    return CLIENT
        .sendAsync(
            request(path, infrastructure.key("admin")).POST(BodyPublishers.ofString(body)).build(),
            BodyHandlers.ofString())
        .join();
  }

  private HttpResponse<String> get(String path) {
    return CLIENT
        .sendAsync(
            request(path, infrastructure.key("sales-manager")).GET().build(),
            BodyHandlers.ofString())
        .join();
  }

  private HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(root.resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "application/json");
  }

  private static JsonNode json(HttpResponse<String> reply) {
    try {
      return Json.mapper().readTree(reply.body());
    } catch (IOException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }
}
