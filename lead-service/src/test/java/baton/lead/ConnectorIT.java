package baton.lead;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import baton.lead.Callers.Answered;
import baton.lead.connector.Payloads;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BatonTestResource.class)
class ConnectorIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String SECRET = "a-secret-of-ours";

  @Inject DataSource database;
  private final Callers marketing = Callers.with(Infrastructure.shared().key("marketing"));
  private final HttpClient tool = HttpClient.newHttpClient();

  @Test
  void a_delivery_sent_a_thousand_times_makes_one_lead_and_one_touch() throws Exception {
    setUp("typeform-a", "typeform", "{\"source\": \"webinar\"}");
    var body = new String(Payloads.bytes("typeform/form_response.doc.json"), UTF_8);
    var signature = Map.of("Typeform-Signature", "sha256=" + base64(body));

    var answers =
        IntStream.range(0, 1000)
            .mapToObj(_ -> send("typeform/typeform-a", body, signature))
            .toList();

    assertThat(answers.stream().map(CompletableFuture::join)).containsOnly(200);
    var delivery = settled("typeform-a");
    assertThat(delivery.path("state").asText()).as(delivery.toString()).isEqualTo("done");
    assertThat(delivery.at("/elements/0/outcome").asText()).isEqualTo("captured");
    var lead = marketing.get("/leads/" + delivery.at("/elements/0/leadId").asText()).json();
    assertThat(lead.path("source").asText()).isEqualTo("webinar");
    assertThat(lead.at("/contact/email").asText()).isEqualTo("laura@example.com");
    assertThat(deliveries("typeform-a")).hasSize(1);
  }

  @Test
  void what_does_not_prove_itself_is_refused_and_kept_nowhere() throws Exception {
    setUp("typeform-b", "typeform", "{}");
    var body = "{\"event_type\": \"form_response\"}";

    assertThat(
            List.of(
                send("typeform/typeform-b", body, Map.of()).join(),
                send("typeform/typeform-b", body, Map.of("Typeform-Signature", "sha256=AAAA"))
                    .join(),
                send("typeform/nobody", body, Map.of()).join(),
                send("calendly/typeform-b", body, Map.of()).join()))
        .containsOnly(401);
    assertThat(deliveries("typeform-b")).isEmpty();
  }

  @Test
  void a_bad_element_does_not_sink_its_batch_and_a_replay_changes_nothing() throws Exception {
    setUp("segment-a", "segment", "{}");
    var body =
        """
        {"writeKey": "%s", "batch": [
          {"type": "identify", "userId": "u1", "traits": {"email": "jake@segment.example"},
           "timestamp": "2025-12-02T00:30:08.276Z"},
          {"type": "identify", "traits": {"email": "no address"}},
          {"type": "track", "userId": "u1", "event": "Song Played", "messageId": "m1",
           "timestamp": "2025-12-02T00:30:12.984Z"},
          {"type": "screen", "userId": "u1"},
          {"type": "identify", "traits": {"email": "joe@segment.example", "phone": "12"},
           "timestamp": "+999999999-01-01T00:00:00Z"}]}
        """
            .formatted(SECRET);

    assertThat(send("segment/segment-a/v1/batch", body, Map.of()).join()).isEqualTo(200);

    var delivery = settled("segment-a");
    assertThat(delivery.path("state").asText()).isEqualTo("failed");
    assertThat(delivery.path("elements").findValuesAsText("outcome"))
        .containsExactly("captured", "refused", "recognised", "skipped", "captured");
    assertThat(delivery.at("/elements/4/errors/0/pointer").asText()).isEqualTo("/contact/phone");
    assertThat(delivery.at("/elements/1/errors/0/pointer").asText()).isEqualTo("/contact/email");

    var number = delivery.path("number").asText();
    var replayed = marketing.post("/connectors/segment-a/deliveries/" + number + "/replay", "{}");
    assertThat(replayed.status()).isEqualTo(202);
    var again = settled("segment-a");
    assertThat(again.path("elements").findValuesAsText("leadId"))
        .isEqualTo(delivery.path("elements").findValuesAsText("leadId"));
    assertThat(again.path("elements").findValuesAsText("outcome"))
        .containsExactly("recognised", "refused", "recognised", "skipped", "recognised");
  }

  @Test
  void an_element_that_cannot_be_read_is_refused_alone_and_says_why() throws Exception {
    setUp("segment-cut", "segment", "{}");
    var identify =
        "{\"type\": \"identify\", \"userId\": \"%1$s\", \"traits\": {\"email\": \"%1$s@cut.example\"";
    var body =
        "{\"writeKey\": \"%s\", \"batch\": [".formatted(SECRET)
            + String.join(
                ",",
                identify.formatted("one") + "}}",
                identify.formatted("two") + ", \"email\": \"other@cut.example\"}}",
                identify.formatted("three") + ", \"age\": " + "9".repeat(41) + "}}",
                identify.formatted("four")
                    + ", \"deep\": "
                    + "[".repeat(100_000)
                    + "]".repeat(100_000)
                    + "}}",
                identify.formatted("five") + "}}")
            + "]}";

    assertThat(send("segment/segment-cut/v1/batch", body, Map.of()).join()).isEqualTo(200);

    var delivery = settled("segment-cut");
    assertThat(delivery.path("state").asText()).isEqualTo("failed");
    assertThat(delivery.path("elements").findValuesAsText("outcome"))
        .containsExactly("captured", "refused", "refused", "refused", "captured");
    assertThat(delivery.path("elements").findValuesAsText("detail"))
        .containsExactly(
            "says the same key twice in one object",
            "has a number of more than 40 digits",
            "is nested deeper than 32");
    var inspected =
        marketing.get("/connectors/segment-cut/deliveries/" + delivery.path("number").asText());
    assertThat(inspected.json().at("/body/1").isNull()).isTrue();
    assertThat(inspected.json().at("/body/4/type").isMissingNode()).isFalse();
  }

  @Test
  void an_entry_that_nobody_is_behind_fails_until_its_mapping_is_edited() throws Exception {
    setUp("gravity-n", "gravity-forms", "{}");
    var entry =
        """
        {"id": "77", "form_id": "9", "status": "active", "date_created": "2026-02-06 13:37:20",
         "2": "nora@gravity.example", "7": "Nora Newton"}
        """;
    send("gravity-forms/gravity-n?secret=" + SECRET, entry, Map.of()).join();

    var failed = settled("gravity-n");
    var named =
        marketing.send(
            "PUT",
            "/connectors/gravity-n",
            "application/json",
            """
            {"kind": "gravity-forms", "mapping": {"cases": [{"fields": {
              "externalIds.gravity-forms": ["/id"], "contact.email": ["/2"],
              "contact.name": ["/7"]}}]}}
            """);
    assertThat(named.join().status()).isEqualTo(200);
    var number = failed.path("number").asText();
    marketing.post("/connectors/gravity-n/deliveries/" + number + "/replay", "{}");
    var replayed = settled("gravity-n");

    assertThat(failed.path("state").asText()).isEqualTo("failed");
    assertThat(failed.at("/elements/0/errors/0/detail").asText())
        .isEqualTo(
            "no e-mail, phone or id of a person was mapped; unmapped fields: /status, /2, /7;"
                + " edit the connector's mapping and replay");
    assertThat(replayed.path("state").asText()).isEqualTo("done");
    assertThat(replayed.at("/elements/0/outcome").asText()).isEqualTo("captured");
  }

  @Test
  void what_a_visitor_did_is_the_lead_s_once_somebody_knows_them() throws Exception {
    setUp("segment-v", "segment", "{}");
    var batch = "{\"writeKey\": \"" + SECRET + "\", \"batch\": [%s]}";
    var page =
        """
        {"type": "page", "anonymousId": "%s", "name": "%s", "messageId": "%s",
         "timestamp": "2026-03-0%dT10:00:00Z"}\
        """;
    var visits =
        batch.formatted(
            String.join(
                ",",
                page.formatted("anon-1", "Pricing", "v-1", 1),
                page.formatted("anon-1", "Docs", "v-2", 2),
                page.formatted("anon-2", "Nobody's", "v-3", 2)));
    send("segment/segment-v/v1/batch", visits, Map.of()).join();
    var strangers = settled("segment-v");
    var known =
        marketing.post(
            "/leads",
            """
            {"contact": {"email": "vera@visits.example"},
             "externalIds": [{"system": "segment.segment-v", "id": "user-1"}]}
            """);

    send(
            "segment/segment-v/v1/batch",
            batch.formatted(
                """
                {"type": "identify", "userId": "user-1", "anonymousId": "anon-1",
                 "messageId": "v-4", "timestamp": "2026-03-03T10:00:00Z"},
                {"type": "track", "anonymousId": "anon-1", "event": "Song Played",
                 "messageId": "v-5", "timestamp": "2026-03-04T10:00:00Z"}
                """),
            Map.of())
        .join();

    assertThat(strangers.path("state").asText()).isEqualTo("done");
    assertThat(strangers.path("elements").findValuesAsText("outcome"))
        .containsOnly("anonymous")
        .hasSize(3);
    assertThat(strangers.path("elements").findValues("leadId")).allMatch(JsonNode::isNull);
    var lead = known.json().path("leadId").asText();
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(marketing.get("/leads/" + lead + "/timeline").body())
                    .contains("Pricing", "Docs", "2026-03-01T10:00:00", "\"track\"", "\"identify\"")
                    .doesNotContain("Nobody's"));
    assertThat(marketing.get("/leads?q=vera@visits.example").json().path("items")).hasSize(1);
    assertThat(kept("anon-1")).isZero();
    assertThat(kept("anon-2")).isEqualTo(1);
  }

  @Test
  void a_visitor_whom_somebody_else_names_is_found_on_a_round_and_erased_for_good()
      throws Exception {
    setUp("segment-w", "segment", "{}");
    var visit =
        """
        {"writeKey": "%s", "batch": [{"type": "track", "anonymousId": "%s", "event": "Signed up",
          "messageId": "%s", "timestamp": "2026-03-01T10:00:00Z"}]}
        """;
    send("segment/segment-w/v1/batch", visit.formatted(SECRET, "anon-5", "w-1"), Map.of()).join();
    settled("segment-w");
    var named =
        """
        {"contact": {"email": "will@round.example"},
         "externalIds": [{"system": "segment-anonymous.segment-w", "id": "anon-5"}]}
        """;

    var lead = marketing.post("/leads", named).json().path("leadId").asText();

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(marketing.get("/leads/" + lead + "/timeline").body())
                    .contains("\"kind\":\"track\"", "2026-03-01T10:00:00"));
    assertThat(kept("anon-5")).isZero();
    visit(lead, "anon-7");
    var admin = Callers.with(Infrastructure.shared().key("admin"));
    assertThat(admin.send("DELETE", "/leads/" + lead, "", "").join().status()).isEqualTo(200);
    assertThat(kept("anon-7")).isZero();
  }

  @Test
  void a_call_is_known_again_by_its_message_and_not_by_its_time() throws Exception {
    setUp("segment-m", "segment", "{}");
    var identify =
        """
        {"type": "identify", "userId": "m1", "traits": {"email": "mia@message.example"}%s}
        """;
    var body =
        "{\"writeKey\": \"%s\", \"batch\": [%s]}"
            .formatted(
                SECRET,
                String.join(
                    ",",
                    identify.formatted(
                        ", \"messageId\": \"i-1\", \"timestamp\": \"2015-2-02T00:30:08Z\""),
                    identify.formatted(", \"messageId\": \"i-2\""),
                    identify.formatted(
                        ", \"messageId\": \"i-1\", \"timestamp\": \"2026-01-01T00:00:00Z\""),
                    identify.formatted("")));

    send("segment/segment-m/v1/batch", body, Map.of()).join();

    var delivery = settled("segment-m");
    var lead = delivery.at("/elements/0/leadId").asText();
    assertThat(delivery.path("elements").findValuesAsText("leadId")).containsOnly(lead);
    var timeline = marketing.get("/leads/" + lead + "/timeline").body();
    assertThat(timeline.split("\"identify\"", -1)).as(timeline).hasSize(4);
  }

  @Test
  void an_address_that_changed_is_the_known_lead_s() throws Exception {
    setUp("chimp-u", "mailchimp", "{}");
    var lead =
        marketing
            .post("/leads", "{\"contact\": {\"email\": \"old@chimp.example\"}}")
            .json()
            .path("leadId")
            .asText();
    // https://mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks/
    var changed =
        "type=upemail&fired_at=2026-03-26+22%3A15%3A09&data%5Blist_id%5D=a6b5da1054"
            + "&data%5Bnew_id%5D=51da8c3259&data%5Bnew_email%5D=new%40chimp.example"
            + "&data%5Bold_email%5D=old%40chimp.example";

    var request =
        HttpRequest.newBuilder(Callers.address("/webhooks/mailchimp/chimp-u?secret=" + SECRET))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(changed));
    assertThat(tool.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);

    var delivery = settled("chimp-u");
    assertThat(delivery.at("/elements/0/outcome").asText())
        .as(delivery.toString())
        .isEqualTo("changed");
    assertThat(marketing.get("/leads/" + lead).json().at("/contact/email").asText())
        .isEqualTo("new@chimp.example");
  }

  @Test
  void a_dry_run_shows_what_would_be_stored() {
    setUp("generic-d", "generic", "{}");

    var dry =
        marketing.post(
            "/connectors/generic-d/dry-run",
            """
            {"contact": {"email": "Jürgen@Bücher.example", "phone": "030 901820"}, "country": "Germany"}
            """);

    var element = dry.json().at("/elements/0");
    assertThat(element.at("/fields/contact/email").asText()).isEqualTo("Jürgen@Bücher.example");
    assertThat(element.at("/stored/email").asText()).isEqualTo("jürgen@xn--bcher-kva.example");
    assertThat(element.at("/stored/phone").asText()).isEqualTo("+4930901820");
    assertThat(element.at("/stored/country").asText()).isEqualTo("DE");
  }

  /** As if it had been kept just when somebody came to be known. */
  private void visit(String lead, String id) throws Exception {
    try (var connection = database.getConnection();
        var keep =
            connection.prepareStatement(
                """
                INSERT INTO visit (visitor, told_as, connector_id, content)
                SELECT key, key, 'segment-w', ? FROM lead_identity WHERE lead_id = ?::uuid
                """)) {
      keep.setString(
          1,
          """
          {"visitor": [{"system": "segment-anonymous.segment-w", "id": "%s"}],
           "touch": {"kind": "track"}}
          """
              .formatted(id));
      keep.setString(2, lead);
      keep.executeUpdate();
    }
  }

  private int kept(String id) throws Exception {
    try (var connection = database.getConnection();
        var count =
            connection.prepareStatement("SELECT count(*) FROM visit WHERE content LIKE ?")) {
      count.setString(1, "%\"" + id + "\"%");
      try (var rows = count.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  @Test
  void who_is_only_announced_awaits_enrichment_and_tests_stay_out() throws Exception {
    setUp("meta-a", "meta-leadgen", "{}");
    setUp("google-a", "google-ads", "{}");
    var announced = new String(Payloads.bytes("meta/leadgen-webhook.doc.json"), UTF_8);
    var tried =
        new String(Payloads.bytes("google-ads/lead-form.webhook.json"), UTF_8)
            .replace("bakerGoogleWebHookValue", SECRET);

    send(
            "meta-leadgen/meta-a",
            announced,
            Map.of("X-Hub-Signature-256", "sha256=" + hex(announced)))
        .join();
    send("google-ads/google-a", tried, Map.of()).join();

    assertThat(settled("meta-a").path("state").asText()).isEqualTo("awaiting-enrichment");
    assertThat(settled("google-a").at("/elements/0/outcome").asText()).isEqualTo("test");
  }

  @Test
  void a_large_body_is_refused_by_whatever_path_it_comes() throws Exception {
    var large = "{\"a\": \"" + "a".repeat(1_100_000) + "\"}";
    var most = "{\"a\": \"" + "a".repeat(70_000) + "\"}";

    assertThat(raw("/webhooks/typeform/nobody", "application/json", large)).contains(" 413 ");
    assertThat(raw("/./webhooks/typeform/nobody", "text/csv", large)).contains(" 413 ");
    assertThat(raw("/webhooks/../leads", "application/json", most)).contains(" 413 ");
    assertThat(raw("/leads", "application/x-ndjson", large)).contains(" 415 ");
    assertThat(raw("/webhooks/../leads", "application/json", "{}", "")).contains(" 401 ");
  }

  /** The first line of the answer to a path as it is written here. */
  private static String raw(String path, String type, String body) throws Exception {
    return raw(
        path, type, body, "X-Api-Key: %s\r\n".formatted(Infrastructure.shared().key("capture")));
  }

  private static String raw(String path, String type, String body, String credential)
      throws Exception {
    try (var socket = new Socket("127.0.0.1", Callers.address("/").getPort())) {
      socket.setSoTimeout(30_000);
      var head =
          "POST %s HTTP/1.1\r\nHost: a\r\n%sContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(path, credential, type, body.length());
      var out = socket.getOutputStream();
      out.write(head.getBytes(UTF_8));
      out.flush();
      var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      return answer.readLine();
    }
  }

  @Test
  void challenges_are_answered() throws Exception {
    var asked =
        "/webhooks/meta-leadgen/meta-b?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
    put(
        "meta-b",
        """
        {"kind": "meta-leadgen", "secrets": ["%s"], "verifyToken": "leadAdsRockPlayer"}
        """
            .formatted(SECRET));
    setUp("linkedin-b", "linkedin", "{}");

    assertThat(get(asked + "leadAdsRockPlayer")).isEqualTo("200 1158201444");
    assertThat(get(asked + "another")).startsWith("401");
    assertThat(get("/webhooks/linkedin/linkedin-b?challengeCode=890e4665"))
        .startsWith("200 ")
        .contains("\"challengeResponse\":\"" + hex("890e4665") + "\"");
  }

  @Test
  void a_dry_run_says_what_a_body_would_become_and_keeps_nothing() throws Exception {
    setUp("calendly-a", "calendly", "{\"campaign\": \"spring\"}");
    var body = new String(Payloads.bytes("calendly/invitee.created.json"), UTF_8);

    var dry = marketing.post("/connectors/calendly-a/dry-run", body).json();

    assertThat(dry.at("/elements/0/into").asText()).isEqualTo("lead");
    assertThat(dry.at("/elements/0/fields/contact/email").asText())
        .isEqualTo("invitee@example.com");
    assertThat(dry.at("/elements/0/fields/campaign").asText()).isEqualTo("spring");
    assertThat(dry.at("/elements/0/unmapped").toString()).contains("/payload/timezone");
    assertThat(deliveries("calendly-a")).isEmpty();
  }

  @Test
  void a_mapping_is_versioned_refused_whole_and_never_shows_a_secret() throws Exception {
    setUp("generic-a", "generic", "{}");

    var refused =
        marketing
            .send(
                "PUT",
                "/connectors/generic-a",
                "application/json",
                """
                {"kind": "generic", "secrets": ["short"],
                 "mapping": {"cases": [{"into": "nothing", "fields": {"email": ["email"]}}]}}
                """)
            .join();
    var changed =
        put(
            "generic-a",
            """
            {"kind": "generic",
             "mapping": {"cases": [{"fields": {"contact.email": ["/who"]}}]}}
            """);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder(
            "/secrets/0",
            "/mapping/cases/0/into",
            "/mapping/cases/0/fields/email",
            "/mapping/cases/0/fields/email/0");
    assertThat(changed.json().path("version").asInt()).isEqualTo(2);
    assertThat(marketing.get("/connectors/generic-a").body()).doesNotContain(SECRET);
    assertThat(
            send(
                    "generic/generic-a",
                    "{\"who\": \"who@generic.example\"}",
                    Map.of("X-Baton-Secret", SECRET))
                .join())
        .isEqualTo(200);
    var delivery = settled("generic-a");
    assertThat(delivery.at("/elements/0/outcome").asText()).isEqualTo("captured");
    var inspected =
        marketing.get("/connectors/generic-a/deliveries/" + delivery.path("number").asText());
    assertThat(inspected.body()).doesNotContain("generic.example").contains("who");
  }

  private void setUp(String id, String kind, String defaults) {
    put(
        id,
        "{\"kind\": \"%s\", \"secrets\": [\"%s\"], \"defaults\": %s}"
            .formatted(kind, SECRET, defaults));
  }

  private Answered put(String id, String body) {
    var answer = marketing.send("PUT", "/connectors/" + id, "application/json", body).join();
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer;
  }

  private CompletableFuture<Integer> send(String to, String body, Map<String, String> headers) {
    var request =
        HttpRequest.newBuilder(Callers.address("/webhooks/" + to))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return tool.sendAsync(request.build(), BodyHandlers.ofString())
        .thenApply(response -> response.statusCode());
  }

  private String get(String path) throws Exception {
    var answer =
        tool.send(HttpRequest.newBuilder(Callers.address(path)).build(), BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private List<JsonNode> deliveries(String id) {
    var items = marketing.get("/connectors/" + id + "/deliveries").json().path("items");
    return StreamSupport.stream(items.spliterator(), false).toList();
  }

  /** The newest delivery, once it was read. */
  private JsonNode settled(String id) {
    return await()
        .atMost(SOON)
        .until(
            () -> deliveries(id).isEmpty() ? null : deliveries(id).getFirst(),
            found -> found != null && !found.path("state").asText().equals("received"));
  }

  private static String hex(String text) throws Exception {
    return HexFormat.of().formatHex(hmac(text));
  }

  private static String base64(String text) throws Exception {
    return Base64.getEncoder().encodeToString(hmac(text));
  }

  private static byte[] hmac(String text) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }
}
