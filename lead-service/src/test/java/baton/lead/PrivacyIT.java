package baton.lead;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.contracts.ErasureKind;
import baton.contracts.Json;
import baton.contracts.LeadErased;
import baton.contracts.Topic;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // Quarkus fills the field
@QuarkusTest
@QuarkusTestResource(BatonTestResource.class)
class PrivacyIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final Callers tool = Callers.with(Infrastructure.shared().key("capture"));
  private final Callers marketing = Callers.with(Infrastructure.shared().key("marketing"));
  private final Callers admin = Callers.with(Infrastructure.shared().key("admin"));

  @Inject DataSource database;

  @Test
  void nothing_says_who_an_erased_lead_was_and_who_comes_again_is_new() throws Exception {
    var lead = told("zqerasea");
    assertThat(places("zqerasea")).contains("lead_contact.email", "touch.attributes");

    var receipt = admin.send("DELETE", "/leads/" + lead, "", "").join();

    assertThat(receipt.status()).as(receipt.body()).isEqualTo(200);
    assertThat(receipt.json().path("leadId").asText()).isEqualTo(lead);
    assertThat(receipt.json().path("removed").toString())
        .contains("\"contact\":1", "\"consents\":1", "\"deliveries\":1", "\"touches\":2");
    assertThat(places("zqerasea")).isEmpty();
    assertThat(List.of("", "/score", "/timeline", "/consents", "/export"))
        .allSatisfy(path -> assertThat(admin.get("/leads/" + lead + path).status()).isEqualTo(410));
    assertThat(marketing.patch("/leads/" + lead, "{\"country\": \"DE\"}", "If-Match", "*").status())
        .isEqualTo(410);
    assertThat(tool.post("/touches", touch(lead)).status()).isEqualTo(422);
    var again = admin.send("DELETE", "/leads/" + lead, "", "").join();
    assertThat(again.body()).isEqualTo(receipt.body());
    var back = tool.post("/leads", "{\"contact\": {\"email\": \"zqerasea@who.example\"}}");
    assertThat(back.json().path("outcome").asText()).isEqualTo("captured");
    assertThat(back.json().path("leadId").asText()).isNotEqualTo(lead);
  }

  @Test
  void everybody_hears_that_a_lead_is_gone_after_all_else_about_it() {
    var lead = told("zqeraseb");
    var receipt = admin.send("DELETE", "/leads/" + lead, "", "").join().json();

    await().atMost(SOON).untilAsserted(() -> assertThat(erased(lead)).hasSize(1));

    assertThat(erased(lead).getFirst().kind()).isEqualTo(ErasureKind.ERASED);
    assertThat(erased(lead).getFirst().receipt())
        .isEqualTo(UUID.fromString(receipt.path("receiptId").asText()));
    var contacts = records(Topic.LEAD_CONTACT, lead);
    assertThat(contacts.getLast().value()).isNull();
    var sequences =
        List.of(
                Topic.LEAD_CAPTURED,
                Topic.LEAD_TOUCHED,
                Topic.LEAD_UPDATED,
                Topic.LEAD_CONTACT,
                Topic.LEAD_ERASED)
            .stream()
            .flatMap(topic -> records(topic, lead).stream())
            .map(record -> Long.valueOf(header(record, "ce_sequence")))
            .sorted()
            .toList();
    assertThat(sequences)
        .isEqualTo(IntStream.rangeClosed(1, sequences.size()).mapToObj(Long::valueOf).toList());
    assertThat(header(records(Topic.LEAD_ERASED, lead).getFirst(), "ce_sequence"))
        .isEqualTo(String.valueOf(sequences.size()));
  }

  @Test
  void who_is_erased_while_he_comes_again_is_the_old_one_or_a_new_one_and_never_half()
      throws Exception {
    for (var round = 0; round < 20; round++) {
      var who = "{\"contact\": {\"email\": \"race" + round + "@erased.example\"}}";
      var lead = tool.post("/leads", who).json().path("leadId").asText();

      var posts =
          IntStream.range(0, 8)
              .mapToObj(_ -> tool.send("POST", "/leads", "application/json", who))
              .toList();
      var receipt = admin.send("DELETE", "/leads/" + lead, "", "");

      assertThat(posts.stream().map(CompletableFuture::join))
          .allMatch(answer -> answer.status() == 200 || answer.status() == 201);
      assertThat(receipt.join().status()).isEqualTo(200);
      var next = tool.post("/leads", who).json();
      assertThat(next.path("leadId").asText()).isNotEqualTo(lead);
      assertThat(tool.post("/leads", who).json().path("leadId")).isEqualTo(next.path("leadId"));
    }
  }

  @Test
  void who_was_merged_is_exported_and_erased_with_all_that_are_one_with_him() throws Exception {
    var one = told("zqmergeda");
    var other = told("zqmergedb");
    var merge = marketing.post("/leads/" + one + "/merge", "{\"absorb\": \"%s\"}".formatted(other));
    assertThat(merge.status()).as(merge.body()).isBetween(200, 201);
    var export = admin.get("/leads/" + other + "/export");

    var receipt = admin.send("DELETE", "/leads/" + other, "", "").join();

    assertThat(export.body()).contains("zqmergeda@who.example", "zqmergedb@who.example");
    assertThat(receipt.json().at("/removed/contact").asInt()).isEqualTo(2);
    assertThat(admin.get("/leads/" + one).status()).isEqualTo(410);
    assertThat(admin.get("/leads/" + other).status()).isEqualTo(410);
    assertThat(places("zqmerged")).isEmpty();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(erased(one)).hasSize(1);
              assertThat(erased(other)).hasSize(1);
            });
  }

  @Test
  void an_export_tells_all_that_is_kept_and_only_an_admin_may_ask() {
    var lead = told("zqexport");

    var export = admin.get("/leads/" + lead + "/export");

    assertThat(export.status()).as(export.body()).isEqualTo(200);
    assertThat(export.header("Content-Disposition")).contains("lead-" + lead + ".json");
    var told = export.json();
    assertThat(told.at("/score/0/persona").asText()).isEqualTo("everyone");
    assertThat(told.at("/contact/0/email").asText()).isEqualTo("zqexport@who.example");
    assertThat(told.at("/touches/0/attributes/remark").asText()).isEqualTo("zqexport was here");
    assertThat(told.at("/consents/0/evidence/wording").asText()).contains("zqexport");
    assertThat(told.at("/deliveries/0/body").asText()).contains("zqexport@who.example");
    assertThat(marketing.get("/leads/" + lead + "/export").status()).isEqualTo(403);
    assertThat(marketing.send("DELETE", "/leads/" + lead, "", "").join().status()).isEqualTo(403);
    var unknown = "/leads/" + UUID.randomUUID();
    assertThat(admin.get(unknown + "/export").status()).isEqualTo(404);
    assertThat(admin.send("DELETE", unknown, "", "").join().status()).isEqualTo(404);
  }

  @Test
  void consent_is_kept_with_its_evidence_and_the_latest_word_counts() {
    var lead =
        tool.post(
                "/leads",
                """
                {"contact": {"email": "consent@who.example"}, "occurredAt": "2026-05-01T00:00:00Z",
                 "form": "trial",
                 "consent": ["email", {"purpose": "phone", "text": "May we call?", "version": "3",
                   "at": "2026-04-30T12:00:00Z"}]}
                """)
            .json()
            .path("leadId")
            .asText();
    var consents = "/leads/" + lead + "/consents";

    var withdrawn =
        marketing.post(
            consents,
            """
            {"purpose": "phone", "given": false, "source": "letter", "at": "2026-06-01T00:00:00Z"}
            """);
    var late =
        marketing.post(consents, "{\"purpose\": \"phone\", \"at\": \"2026-05-15T00:00:00Z\"}");
    var wrong = marketing.post(consents, "{\"purpose\": \" \", \"given\": 1, \"whence\": \"x\"}");

    assertThat(withdrawn.status()).as(withdrawn.body()).isEqualTo(200);
    assertThat(late.json().path("consent").toString())
        .isEqualTo(
            "[{\"purpose\":\"email\",\"given\":true,\"at\":\"2026-05-01T00:00:00.000Z\"},"
                + "{\"purpose\":\"phone\",\"given\":false,\"at\":\"2026-06-01T00:00:00.000Z\"}]");
    assertThat(wrong.status()).isEqualTo(422);
    var history = marketing.get(consents).json().path("items");
    assertThat(history.findValuesAsText("purpose"))
        .containsExactly("phone", "email", "phone", "phone");
    assertThat(history.at("/0/text").asText()).isEqualTo("May we call?");
    assertThat(history.at("/0/source").asText()).isEqualTo("trial");
    assertThat(history.at("/3/source").asText()).isEqualTo("letter");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(records(Topic.LEAD_UPDATED, lead)).isNotEmpty());
    var captured = json(records(Topic.LEAD_CAPTURED, lead).getFirst());
    assertThat(captured.path("consent").toString()).isEqualTo("[\"email\",\"phone\"]");
    var updated = json(records(Topic.LEAD_UPDATED, lead).getLast());
    assertThat(updated.path("consent").toString()).isEqualTo("[\"email\"]");
  }

  @Test
  void a_patched_list_of_consents_withdraws_what_is_not_in_it() {
    var lead =
        tool.post(
                "/leads",
                "{\"contact\": {\"email\": \"patched@who.example\"}, \"consent\": [\"a\", \"b\"]}")
            .json()
            .path("leadId")
            .asText();

    var untouched =
        marketing.patch("/leads/" + lead, "{\"country\": \"DE\"}", "If-Match", "*").json();
    var patched =
        marketing.patch("/leads/" + lead, "{\"consent\": [\"b\", \"c\"]}", "If-Match", "*").json();

    assertThat(untouched.path("consent").findValuesAsText("given")).containsOnly("true");
    assertThat(patched.path("consent").findValuesAsText("purpose")).containsExactly("a", "b", "c");
    assertThat(patched.path("consent").findValuesAsText("given"))
        .containsExactly("false", "true", "true");
    assertThat(marketing.get("/leads/" + lead + "/consents").json().path("items")).hasSize(4);
  }

  /** A lead that was told of through every door. */
  private String told(String marker) {
    var lead =
        tool.post(
                "/leads",
                """
                {"contact": {"email": "%1$s@who.example", "name": "%1$s", "phone": "+4930901820"},
                 "externalIds": [{"system": "crm", "id": "%1$s@crm.example"}],
                 "attributes": {"about": "%1$s"},
                 "consent": [{"purpose": "email", "text": "%1$s agrees"}]}
                """
                    .formatted(marker),
                "Idempotency-Key",
                marker)
            .json()
            .path("leadId")
            .asText();
    tool.post(
        "/touches",
        """
        {"leadId": "%s", "kind": "chat", "attributes": {"remark": "%s was here"}}
        """
            .formatted(lead, marker));
    var id = "g-" + Integer.toHexString(marker.hashCode());
    marketing
        .send(
            "PUT",
            "/connectors/" + id,
            "application/json",
            """
            {"kind": "generic", "secrets": ["a-secret-of-ours"],
             "mapping": {"cases": [{"fields": {"contact.email": ["/who"]}}]}}
            """)
        .join();
    var delivered =
        tool.post(
            "/webhooks/generic/" + id,
            "{\"who\": \"%s@who.example\"}".formatted(marker),
            "X-Baton-Secret",
            "a-secret-of-ours");
    assertThat(delivered.status()).isEqualTo(200);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        marketing
                            .get("/connectors/" + id + "/deliveries")
                            .json()
                            .at("/items/0/state")
                            .asText())
                    .isEqualTo("done"));
    return lead;
  }

  private static String touch(String lead) {
    return "{\"leadId\": \"%s\", \"kind\": \"chat\"}".formatted(lead);
  }

  /** Every column in which this text stands. */
  private List<String> places(String marker) throws SQLException {
    var found = new ArrayList<String>();
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      var columns = new ArrayList<String[]>();
      try (var rows =
          statement.executeQuery(
              """
              SELECT table_name, column_name, data_type FROM information_schema.columns
              WHERE table_schema = 'public'
                AND table_name NOT IN ('flyway_schema_history', 'outbox')
                AND data_type IN ('text', 'bytea', 'jsonb', 'json', 'ARRAY')
              """)) {
        while (rows.next()) {
          columns.add(new String[] {rows.getString(1), rows.getString(2), rows.getString(3)});
        }
      }
      for (var column : columns) {
        var text =
            column[2].equals("bytea")
                ? "encode(\"" + column[1] + "\", 'escape')"
                : "\"" + column[1] + "\"::text";
        try (var rows =
            statement.executeQuery(
                "SELECT count(*) FROM \"%s\" WHERE %s ILIKE '%%%s%%'"
                    .formatted(column[0], text, marker))) {
          rows.next();
          if (rows.getLong(1) > 0) {
            found.add(column[0] + "." + column[1]);
          }
        }
      }
    }
    return found;
  }

  private static List<LeadErased> erased(String lead) {
    return records(Topic.LEAD_ERASED, lead).stream()
        .map(record -> Json.mapper().convertValue(json(record), LeadErased.class))
        .toList();
  }

  private static JsonNode json(ConsumerRecord<String, byte[]> record) {
    try {
      return Json.mapper().readTree(record.value());
    } catch (java.io.IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static List<ConsumerRecord<String, byte[]>> records(Topic topic, String key) {
    return Infrastructure.shared().read(topic).stream()
        .filter(record -> key.equals(record.key()))
        .toList();
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
