package baton.lead;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import baton.lead.connector.Payloads;
import baton.lead.dossier.Consents;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What tools announce, take back and delete, with their vendors on a loopback address. */
@QuarkusTest
@QuarkusTestResource(BatonTestResource.class)
@QuarkusTestResource(Vendor.class)
class FetchIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SECRET = "a-secret-of-ours";
  private static final String TOKEN = "vendor-token-1";
  private static final String SIGN_UP =
      """
      {"contact": {"email": "%s"}, "consent": ["%s"], "occurredAt": "%s"}
      """;

  private final Callers marketing = Callers.with(Infrastructure.shared().key("marketing"));
  private final HttpClient tool = HttpClient.newHttpClient();
  @Inject Consents consents;

  @Test
  void who_is_announced_waits_for_a_token_and_is_then_fetched_once() throws Exception {
    var announced =
        new String(Payloads.bytes("meta/leadgen-webhook.doc.json"), UTF_8)
            .replace("123123123123", "771001")
            .replace("123123123124", "771002");
    Vendor.answers("771001", 200, answer("771001", "joe@fetched.example"));
    setUp("meta-f", "meta-leadgen", "");

    meta("meta-f", announced);
    var waiting = settled("meta-f", found -> !state(found).equals("received"));
    var untouched = Vendor.askedFor("771001");
    setUp("meta-f", "meta-leadgen", TOKEN);

    assertThat(state(waiting)).isEqualTo("awaiting-enrichment");
    assertThat(waiting.has("dueAt")).isFalse();
    assertThat(untouched).isEmpty();
    var delivery = settled("meta-f", found -> state(found).equals("done"));
    assertThat(delivery.path("elements").findValuesAsText("outcome"))
        .containsExactly("captured", "unknown");
    var lead = marketing.get("/leads/" + delivery.at("/elements/0/leadId").asText()).json();
    assertThat(lead.at("/contact/email").asText()).isEqualTo("joe@fetched.example");
    assertThat(lead.path("source").asText()).isEqualTo("facebook");
    assertThat(Vendor.askedFor("771001"))
        .singleElement()
        .satisfies(
            asked -> {
              assertThat(asked.token()).isEqualTo("Bearer " + TOKEN);
              assertThat(asked.path()).startsWith("/v23.0/771001?fields=");
            });
    assertThat(marketing.get("/connectors/meta-f").body())
        .contains("\"hasToken\":true")
        .doesNotContain(TOKEN);
  }

  @Test
  void what_a_response_only_numbers_is_read_by_its_form_which_is_fetched_once() throws Exception {
    var response =
        """
        {"id": "%1$s", "submittedAt": 1686182358881,
         "versionedLeadGenFormUrn": "urn:li:versionedLeadGenForm:(urn:li:leadGenForm:771900,1)",
         "formResponse": {
           "answers": [{"questionId": 2, "answerDetails": {"textQuestionAnswer":
             {"answer": "%1$s@form.example"}}}],
           "consentResponses": [{"consentId": 1, "accepted": true}]}}
        """;
    Vendor.answers("li-a", 200, response.formatted("li-a"));
    Vendor.answers("li-b", 200, response.formatted("li-b"));
    Vendor.answers(
        "771900",
        200,
        """
        {"id": 771900, "content": {
          "questions": [{"questionId": 2, "name": "email", "predefinedField": "EMAIL"}],
          "legalInfo": {"consents": [
            {"consentId": 1, "consent": {"localized": {"en_US": "News by mail"}}}]}}}
        """);
    setUp("li-form", "linkedin", TOKEN);

    linkedin("li-form", created("li-a"));
    var first = settled("li-form", found -> state(found).equals("done"));
    linkedin("li-form", created("li-b"));
    var second =
        settled(
            "li-form",
            found ->
                found.path("number").asLong() > first.path("number").asLong()
                    && state(found).equals("done"));

    for (var delivery : List.of(first, second)) {
      var lead = delivery.at("/elements/0/leadId").asText();
      assertThat(marketing.get("/leads/" + lead).json().at("/contact/email").asText())
          .endsWith("@form.example");
      assertThat(marketing.get("/leads/" + lead + "/consents").json().at("/items/0/text").asText())
          .isEqualTo("News by mail");
    }
    assertThat(Vendor.askedFor("771900"))
        .singleElement()
        .satisfies(asked -> assertThat(asked.path()).isEqualTo("/rest/leadForms/771900"));
  }

  @Test
  void a_response_that_no_form_explains_fails_and_says_what_to_do() throws Exception {
    Vendor.answers(
        "li-c",
        200,
        """
        {"id": "li-c", "submittedAt": 1686182358881,
         "versionedLeadGenFormUrn": "urn:li:versionedLeadGenForm:(urn:li:leadGenForm:771901,1)",
         "formResponse": {"answers": [
           {"questionId": 2, "answerDetails": {"textQuestionAnswer": {"answer": "c@d.example"}}}]}}
        """);
    setUp("li-bare", "linkedin", TOKEN);

    linkedin("li-bare", created("li-c"));

    var delivery = settled("li-bare", found -> state(found).equals("failed"));
    assertThat(delivery.at("/elements/0/errors/0/detail").asText())
        .startsWith("no e-mail, phone or id of a person was mapped")
        .contains("/formResponse/answers/0/answerDetails/textQuestionAnswer/answer")
        .endsWith("edit the connector's mapping and replay");
  }

  @Test
  void a_vendor_that_asks_to_be_left_alone_is_and_is_asked_again() throws Exception {
    Vendor.answers("771101", 429, "{}", Map.of("Retry-After", "20"));
    Vendor.answers("771101", 200, answer("771101", "jane@fetched.example"));
    setUp("meta-g", "meta-leadgen", TOKEN);

    meta("meta-g", announcement("771101"));

    var waiting = settled("meta-g", found -> found.path("attempts").asInt() == 1);
    assertThat(state(waiting)).isEqualTo("awaiting-enrichment");
    assertThat(waiting.at("/elements/0/errors/0/detail").asText())
        .isEqualTo("the vendor asks to be left alone");
    assertThat(Duration.between(time(waiting, "readAt"), time(waiting, "dueAt")))
        .isBetween(Duration.ofSeconds(19), Duration.ofSeconds(26));
    assertThat(Vendor.askedFor("771101")).hasSize(1);
  }

  @Test
  void a_contact_of_hubspot_is_fetched_for_all_its_events_and_deleted_for_good() throws Exception {
    Vendor.answers("771201", 200, contact("771201", "ann@hub.example", "CTO"));
    setUp("hub-f", "hubspot", TOKEN);
    hubspot(
        "hub-f",
        """
        [{"eventId": 1, "subscriptionType": "contact.creation", "objectId": 771201,
          "occurredAt": 1764113600000},
         {"eventId": 2, "subscriptionType": "contact.propertyChange", "objectId": 771201,
          "occurredAt": 1764113700000, "propertyName": "email", "propertyValue": "ann@hub.example"}]
        """);
    var delivery = settled("hub-f", found -> state(found).equals("done"));
    var leadId = delivery.at("/elements/0/leadId").asText();
    assertThat(delivery.path("elements").findValuesAsText("leadId")).containsOnly(leadId);
    assertThat(Vendor.askedFor("771201")).hasSize(1);
    var lead = marketing.get("/leads/" + leadId).json();
    assertThat(lead.at("/contact/jobTitle").asText()).isEqualTo("CTO");
    marketing.post(
        "/leads/" + leadId + "/consents",
        "{\"purpose\": \"newsletter\", \"at\": \"2025-11-25T00:00:00Z\"}");

    hubspot("hub-f", event("contact.deletion", 3));
    var withdrawn = settled("hub-f", found -> number(found) > number(delivery));
    var left = marketing.get("/leads/" + leadId).json().path("consent");
    hubspot("hub-f", event("contact.privacyDeletion", 4));
    var erased = settled("hub-f", found -> number(found) > number(withdrawn));

    assertThat(withdrawn.at("/elements/0/outcome").asText()).isEqualTo("withdrawn");
    assertThat(left).hasSize(1);
    assertThat(left.at("/0/given").asBoolean()).isFalse();
    assertThat(erased.at("/elements/0/outcome").asText()).isEqualTo("erased");
    assertThat(erased.at("/elements/0/leadId").asText()).isEqualTo(leadId);
    assertThat(marketing.get("/leads/" + leadId).status()).isEqualTo(410);
    var scrubbed = "/connectors/hub-f/deliveries/" + number(delivery);
    assertThat(marketing.get(scrubbed).json().at("/delivery/scrubbedAt").isTextual()).isTrue();
    assertThat(marketing.get(scrubbed).json().has("body")).isFalse();
    assertThat(marketing.post(scrubbed + "/replay", "{}").status()).isEqualTo(404);
  }

  @Test
  void a_response_of_linkedin_is_fetched_and_taken_back_by_its_member() throws Exception {
    var response =
        new String(Payloads.bytes("linkedin/lead-form-responses.json"), UTF_8)
            .replace("aaaabbbb-0000-cccc-1111-dddd2222eeee-5", "1a2b3c-4")
            .replace("john.smith@company.com", "john@linked.example");
    Vendor.answers("1a2b3c-4", 200, response);
    setUp("linked-f", "linkedin", TOKEN);

    linkedin("linked-f", new String(Payloads.bytes("linkedin/lead-created.webhook.json"), UTF_8));
    var delivery = settled("linked-f", found -> state(found).equals("done"));
    var leadId = delivery.at("/elements/0/leadId").asText();
    var lead = marketing.get("/leads/" + leadId).json();
    linkedin("linked-f", new String(Payloads.bytes("linkedin/lead-deleted.webhook.json"), UTF_8));
    var erased = settled("linked-f", found -> number(found) > number(delivery));

    assertThat(lead.at("/contact/email").asText()).isEqualTo("john@linked.example");
    assertThat(lead.at("/consent/0/purpose").asText()).isEqualTo("marketing");
    assertThat(Vendor.askedFor("1a2b3c-4").getFirst().version()).isEqualTo("202601");
    assertThat(erased.at("/elements/0/leadId").asText()).isEqualTo(leadId);
    assertThat(marketing.get("/leads/" + leadId).status()).isEqualTo(410);
  }

  @Test
  void an_unsubscribe_withdraws_consent_with_its_evidence() throws Exception {
    setUp("chimp-f", "mailchimp", "");
    var lead =
        marketing
            .post(
                "/leads",
                """
                {"contact": {"email": "josh@chimp.example"}, "consent": ["marketing", "product"],
                 "occurredAt": "2014-10-01T00:00:00Z"}
                """)
            .json()
            .path("leadId")
            .asText();

    chimp("josh@chimp.example");
    var told = settled("chimp-f", found -> !state(found).equals("received"));

    assertThat(told.at("/elements/0/outcome").asText()).isEqualTo("withdrawn");
    var history = marketing.get("/leads/" + lead + "/consents").json().path("items");
    assertThat(history).hasSize(3);
    assertThat(history.at("/2").toString())
        .contains(
            "\"purpose\":\"marketing\"",
            "\"given\":false",
            "\"at\":\"2014-10-22T13:10:40.000Z\"",
            "\"source\":\"mailchimp\"");
  }

  @Test
  void an_unsubscribe_that_comes_before_its_sign_up_holds_when_the_person_appears()
      throws Exception {
    setUp("chimp-a", "mailchimp", "");
    chimp("chimp-a", "early@chimp.example");
    var told = settled("chimp-a", found -> !state(found).equals("received"));

    var signedUp = signUp("early@chimp.example", "marketing", "2014-10-01T00:00:00Z");
    var later = signUp("early@chimp.example", "marketing", "2014-10-02T00:00:00Z");
    var anew = signUp("early@chimp.example", "events", "2014-11-01T00:00:00Z");

    assertThat(told.at("/elements/0/outcome").asText()).isEqualTo("withdrawn-ahead");
    var kept = "/connectors/chimp-a/deliveries/" + number(told);
    assertThat(marketing.get(kept).json().at("/delivery/scrubbedAt").isTextual()).isTrue();
    assertThat(marketing.post(kept + "/replay", "{}").status()).isEqualTo(404);
    assertThat(later).isEqualTo(signedUp).isEqualTo(anew);
    var lead = marketing.get("/leads/" + signedUp).json();
    assertThat(lead.path("consent").toString())
        .isEqualTo(
            "[{\"purpose\":\"marketing\",\"given\":false,\"at\":\"2014-10-22T13:10:40.000Z\"},"
                + "{\"purpose\":\"events\",\"given\":true,\"at\":\"2014-11-01T00:00:00.000Z\"}]");
    assertThat(marketing.get("/leads/" + signedUp + "/consents").json().at("/items/2").toString())
        .contains("\"given\":false", "\"source\":\"mailchimp\"");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        Infrastructure.shared().read(Topic.LEAD_CAPTURED).stream()
                            .filter(record -> signedUp.equals(record.key()))
                            .map(record -> new String(record.value(), UTF_8)))
                    .hasSize(1)
                    .noneMatch(captured -> captured.contains("marketing")));
  }

  @Test
  void an_unsubscribe_of_somebody_who_never_came_is_forgotten_and_frees_the_address()
      throws Exception {
    setUp("chimp-o", "mailchimp", "");
    chimp("chimp-o", "old@chimp.example");
    settled("chimp-o", found -> !state(found).equals("received"));

    int before = consents.forget(Instant.parse("2020-01-01T00:00:00Z")).await().indefinitely();
    int after = consents.forget(Instant.now().plusSeconds(60)).await().indefinitely();
    var signedUp = signUp("old@chimp.example", "marketing", "2014-10-01T00:00:00Z");
    var again = signUp("old@chimp.example", "marketing", "2014-10-02T00:00:00Z");

    assertThat(before).isZero();
    assertThat(after).isPositive();
    assertThat(again).isEqualTo(signedUp);
    assertThat(marketing.get("/leads/" + signedUp).json().at("/consent/0/given").asBoolean())
        .isTrue();
  }

  @Test
  void who_signs_up_while_an_unsubscribe_is_read_is_unsubscribed() throws Exception {
    setUp("chimp-r", "mailchimp", "");
    for (int round = 0; round < 10; round++) {
      var email = "race" + round + "@chimp.example";
      var body = SIGN_UP.formatted(email, "marketing", "2014-10-01T00:00:00Z");
      boolean first = round % 2 == 0;
      if (first) {
        chimp("chimp-r", email);
      }
      var posts =
          IntStream.range(0, 4)
              .mapToObj(_ -> marketing.send("POST", "/leads", "application/json", body))
              .toList();
      if (!first) {
        chimp("chimp-r", email);
      }
      var leadId = posts.getFirst().join().json().path("leadId").asText();

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(
                          marketing
                              .get("/leads/" + leadId)
                              .json()
                              .at("/consent/0/given")
                              .asBoolean(true))
                      .isFalse());
    }
  }

  private String signUp(String email, String purpose, String at) {
    return marketing
        .post("/leads", SIGN_UP.formatted(email, purpose, at))
        .json()
        .path("leadId")
        .asText();
  }

  private void chimp(String email) throws Exception {
    chimp("chimp-f", email);
  }

  private void chimp(String connector, String email) throws Exception {
    send(
        "mailchimp/" + connector + "?secret=" + SECRET,
        "application/x-www-form-urlencoded",
        "type=unsubscribe&fired_at=2014-10-22+13%3A10%3A40&data%5Bid%5D=1&data%5Bemail%5D="
            + email.replace("@", "%40"));
  }

  private static String announcement(String id) {
    return """
    {"object": "page", "entry": [{"id": 1, "changes": [
      {"field": "leadgen", "value": {"leadgen_id": "%s", "created_time": 1740120384}}]}]}
    """
        .formatted(id);
  }

  private static String answer(String id, String email) throws Exception {
    return new String(Payloads.bytes("meta/lead-graph-response.doc.json"), UTF_8)
        .replace("<LEAD_ID>", id)
        .replace("joe@example.com", email);
  }

  private static String contact(String id, String email, String title) {
    return """
    {"id": "%s", "createdAt": "2025-11-25T23:33:20.000Z", "updatedAt": "2025-11-25T23:35:00.000Z",
     "archived": false, "properties": {"hs_object_id": "%s", "email": "%s", "firstname": "Ann",
       "jobtitle": "%s", "phone": null, "createdate": "2025-11-25T23:33:20.000Z"}}
    """
        .formatted(id, id, email, title);
  }

  private static String event(String type, int id) {
    return """
    [{"eventId": %d, "subscriptionType": "%s", "objectId": 771201, "occurredAt": 1764114000000}]
    """
        .formatted(id, type);
  }

  private void setUp(String id, String kind, String token) {
    var body =
        "{\"kind\": \"%s\", \"secrets\": [\"%s\"]%s}"
            .formatted(kind, SECRET, token.isEmpty() ? "" : ", \"token\": \"" + token + "\"");
    var answer = marketing.send("PUT", "/connectors/" + id, "application/json", body).join();
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private void meta(String to, String body) throws Exception {
    send(
        "meta-leadgen/" + to,
        "application/json",
        body,
        "X-Hub-Signature-256",
        "sha256=" + HexFormat.of().formatHex(hmac(body)));
  }

  private static String created(String response) throws Exception {
    return new String(Payloads.bytes("linkedin/lead-created.webhook.json"), UTF_8)
        .replace("1a2b3c-4", response);
  }

  private void linkedin(String to, String body) throws Exception {
    send(
        "linkedin/" + to,
        "application/json",
        body,
        "X-LI-Signature",
        HexFormat.of().formatHex(hmac("hmacsha256=" + body)));
  }

  private void hubspot(String to, String body) throws Exception {
    var address = Callers.address("/webhooks/hubspot/" + to).toString();
    var timestamp = Long.toString(System.currentTimeMillis());
    send(
        "hubspot/" + to,
        "application/json",
        body,
        "X-HubSpot-Request-Timestamp",
        timestamp,
        "X-HubSpot-Signature-v3",
        Base64.getEncoder().encodeToString(hmac("POST" + address + body + timestamp)));
  }

  private void send(String to, String type, String body, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(Callers.address("/webhooks/" + to))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    var answer = tool.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private List<JsonNode> deliveries(String id) {
    var items = marketing.get("/connectors/" + id + "/deliveries").json().path("items");
    return StreamSupport.stream(items.spliterator(), false).toList();
  }

  /** The newest delivery, once it is as expected and was read. */
  private JsonNode settled(String id, Predicate<JsonNode> expected) {
    return await()
        .atMost(SOON)
        .until(
            () -> deliveries(id).isEmpty() ? null : deliveries(id).getFirst(),
            found -> found != null && !state(found).equals("received") && expected.test(found));
  }

  private static String state(JsonNode delivery) {
    return delivery.path("state").asText();
  }

  private static long number(JsonNode delivery) {
    return delivery.path("number").asLong();
  }

  private static java.time.Instant time(JsonNode delivery, String name) {
    return java.time.Instant.parse(delivery.path(name).asText());
  }

  private static byte[] hmac(String text) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }
}
