package baton.systemtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.local.stack.BatonFile;
import baton.systemtest.stack.LiveStack;
import baton.systemtest.stack.Rest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/**
 * Erasing somebody, seen from outside: a mark that stood in a name, an address, a number and every
 * free text is nowhere afterwards, and no number has changed.
 */
class EraseIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration COMPACTED = Duration.ofSeconds(90);
  private static final String CONTACTS = "lead-contact";
  private static final ConfigResource CLEANERS = new ConfigResource(ConfigResource.Type.BROKER, "");

  /** How long the broker's cleaners rest when there was nothing to clean, in milliseconds. */
  private static final String PAUSE = "log.cleaner.backoff.ms";

  private static final Map<String, String> EAGER =
      Map.of(
          "segment.ms", "200",
          "min.cleanable.dirty.ratio", "0.001",
          "max.compaction.lag.ms", "200",
          "delete.retention.ms", "0",
          "file.delete.delay.ms", "100");

  private final String mark =
      "zq" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 50), 36);
  private final String email = mark + "@person.example";
  private final String phone =
      "+4930" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);

  @Test
  void nothing_of_an_erased_person_is_found_anywhere_and_no_number_changes() throws Exception {
    var live = LiveStack.shared();
    try (var rest = live.rest()) {
      var lead = planted(live, rest);
      var before = settled(rest);
      assertThat(columns(live.file()))
          .contains(
              "lead: lead_contact.email",
              "lead: touch.attributes",
              "lead: delivery.body",
              "lead: consent.wording",
              "handoff: contact.email",
              "handoff: handoff.note",
              "handoff: idempotency.body",
              "handoff: parked_record.value",
              "feedback: crm_deal.said",
              "feedback: delivery.body",
              "feedback: feedback.note",
              "feedback: comment.text",
              "feedback: idempotency.body");

      var receipt = rest.delete("lead", "admin", "/leads/" + lead);

      assertThat(receipt.status()).as(receipt.text()).isEqualTo(200);
      assertThat(rest.get("lead", "admin", "/leads/" + lead).status()).isEqualTo(410);
      await().atMost(SOON).untilAsserted(() -> assertThat(columns(live.file())).isEmpty());
      assertThat(settled(rest)).isEqualTo(before);
      assertThat(rest.get("reporting", "report", "/journeys/" + lead).text())
          .contains("Its personal data was erased");
      assertThat(onTopics(live).filter(topic -> !topic.equals(CONTACTS)).toList()).isEmpty();
      compacted(live, rest);
      for (var service : live.file().services().keySet()) {
        assertThat(rest.get(service, "admin", "/metrics").text()).doesNotContainIgnoringCase(mark);
        assertThat(rest.get(service, "admin", "/parked?limit=500").text())
            .doesNotContain(lead)
            .doesNotContainIgnoringCase(mark);
      }
      vacuum(live.file());
      assertThat(files(live.stack().data())).isEmpty();
    }
  }

  /** Somebody tells of a person through every door there is. */
  private String planted(LiveStack live, Rest rest) throws Exception {
    var seller = "seller-" + mark.substring(0, 4);
    accepted(rest.put("handoff", "sales-manager", "/sellers/" + seller, Map.of("name", "Eve")));
    var captured =
        accepted(
            rest.post(
                "lead",
                "capture",
                "/leads",
                Map.of(
                    "contact",
                    Map.of("email", email, "name", mark + " Person", "phone", phone),
                    "company",
                    Map.of("name", mark + " Ltd"),
                    "source",
                    "erase",
                    "externalIds",
                    List.of(Map.of("system", "crm", "id", email)),
                    "consent",
                    List.of(Map.of("purpose", "email", "text", "I, " + mark + ", agree")),
                    "attributes",
                    Map.of("about", mark),
                    "qualified",
                    true),
                Map.of("Idempotency-Key", "capture-" + email)));
    var lead = captured.said("leadId");
    rest.batch(
        "lead",
        "capture",
        "/leads/batch",
        List.of(
            Map.of(
                "contact",
                Map.of("email", email.toUpperCase(Locale.ROOT)),
                "attributes",
                Map.of("more", mark))));
    accepted(
        rest.post(
            "lead",
            "capture",
            "/touches",
            Map.of("leadId", lead, "kind", "chat", "attributes", Map.of("said", mark)),
            Map.of()));
    delivered(rest);
    assertThat(rest.get("lead", "marketing", "/leads?q=" + mark).text()).contains(lead);
    var handoff = handoff(rest, lead);
    accepted(
        rest.post(
            "handoff",
            "sales",
            "/handoffs/" + handoff + "/reject",
            Map.of("reason", "spam", "note", mark + " is no buyer"),
            Map.of("Idempotency-Key", "reject-" + email)));
    accepted(
        rest.post(
            "feedback",
            "sales",
            "/feedback",
            Map.of("leadId", lead, "rating", 2, "note", mark + " was rude"),
            Map.of("Idempotency-Key", "feedback-" + email)));
    accepted(
        rest.post(
            "feedback",
            "sales",
            "/comments",
            Map.of("leadId", lead, "text", mark + " called back"),
            Map.of()));
    accepted(
        rest.post(
            "feedback",
            "sales",
            "/outcomes",
            Map.of(
                "leadExternalId", Map.of("system", "crm", "id", email), "result", "disqualified"),
            Map.of()));
    wavering(rest);
    accepted(rest.patch("handoff", "sales-manager", "/sellers/" + seller, Map.of("active", false)));
    garbled(live, lead);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(rest.get("handoff", "admin", "/parked?limit=500").text())
                    .contains(lead));
    return lead;
  }

  /** A tool's deliveries: one that is understood, and one of which only the address is. */
  private void delivered(Rest rest) throws IOException {
    var fields = Map.of("contact.email", List.of("/who"), "contact.phone", List.of("/call"));
    accepted(
        rest.put(
            "lead",
            "marketing",
            "/connectors/erase",
            Map.of(
                "kind",
                "generic",
                "secrets",
                List.of("a-secret-of-ours"),
                "mapping",
                Map.of("cases", List.of(Map.of("fields", fields))))));
    var secret = Map.of("X-Baton-Secret", "a-secret-of-ours");
    for (var body :
        List.of(Map.of("who", email, "said", mark), Map.of("who", email, "call", "call " + mark))) {
      accepted(rest.post("lead", "capture", "/webhooks/generic/erase", body, secret));
    }
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(rest.get("lead", "marketing", "/connectors/erase/deliveries").text())
                    .contains("recognised")
                    .doesNotContain("\"received\""));
  }

  /** A CRM's deal of which nobody can tell what it has come to. */
  private void wavering(Rest rest) throws IOException {
    accepted(
        rest.put(
            "feedback",
            "sales-manager",
            "/connectors/erase-crm",
            Map.of("kind", "generic", "secrets", List.of("a-secret-of-ours"))));
    var deal =
        Map.of("id", "d-1", "stage", "wavering", "contact", email, "reason", mark + " wavers");
    var secret = Map.of("X-Baton-Secret", "a-secret-of-ours");
    accepted(rest.post("feedback", "sales", "/webhooks/generic/erase-crm", deal, secret));
  }

  private static String handoff(Rest rest, String lead) {
    var path = "/handoffs?lead=" + lead;
    return await()
        .atMost(SOON)
        .until(
            () -> {
              var text = rest.get("handoff", "sales", path).text();
              int at = text.indexOf("\"handoffId\":\"");
              return at < 0 || !text.contains("\"offered\"")
                  ? ""
                  : text.substring(at + 13, at + 13 + 36);
            },
            found -> !found.isEmpty());
  }

  /** A record of the contact that nobody can read: it is parked, and the tombstone comes behind. */
  private void garbled(LiveStack live, String lead) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", live.stack().bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(CONTACTS, lead, "{\"name\": \"" + mark)).get();
    }
  }

  /** The funnel, once it doesn't change any more. */
  private static String settled(Rest rest) {
    var last = new String[] {""};
    return await()
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              var before = last[0];
              last[0] = counts(rest);
              return before.equals(last[0]) ? before : "";
            },
            same -> !same.isEmpty());
  }

  private static String counts(Rest rest) throws IOException {
    var funnel = rest.get("reporting", "report", "/funnel?by=source&from=2020-01-01&to=2100-01-01");
    assertThat(funnel.status()).as(funnel.text()).isEqualTo(200);
    return String.valueOf(funnel.body().get("rows"));
  }

  private static Rest.Reply accepted(Rest.Reply reply) {
    assertThat(reply.succeeded()).as(reply.text()).isTrue();
    return reply;
  }

  /** Every column of every database in which the mark, or the number, stands. */
  private List<String> columns(BatonFile file) throws SQLException {
    var found = new ArrayList<String>();
    for (var database : file.postgres().databases().entrySet()) {
      try (var connection = open(file, database.getValue())) {
        for (var column : textual(connection)) {
          if (stands(connection, column)) {
            found.add(database.getKey() + ": " + column.table() + "." + column.name());
          }
        }
      }
    }
    return found;
  }

  private record Column(String table, String name, String type) {
    String text() {
      return switch (type) {
        case "bytea" -> "encode(\"" + name + "\", 'escape')";
        case "ARRAY" -> "array_to_string(\"" + name + "\"::text[], ' ')";
        default -> "\"" + name + "\"::text";
      };
    }
  }

  private static List<Column> textual(Connection connection) throws SQLException {
    var columns = new ArrayList<Column>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT table_name, column_name, data_type FROM information_schema.columns
                WHERE table_schema = 'public'
                  AND data_type IN ('text', 'bytea', 'jsonb', 'json', 'ARRAY', 'character varying')
                """)) {
      while (rows.next()) {
        columns.add(new Column(rows.getString(1), rows.getString(2), rows.getString(3)));
      }
    }
    return columns;
  }

  private boolean stands(Connection connection, Column column) throws SQLException {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT EXISTS (SELECT FROM \"%s\" WHERE %s ILIKE '%%%s%%' OR %s LIKE '%%%s%%')"
                    .formatted(column.table(), column.text(), mark, column.text(), phone))) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  /** Twice: what the first run learnt anew of a table replaces what was known of it before. */
  private static void vacuum(BatonFile file) throws SQLException {
    for (var url : file.postgres().databases().values()) {
      try (var connection = open(file, url);
          var statement = connection.createStatement()) {
        statement.execute("VACUUM (FULL, ANALYZE)");
        statement.execute("VACUUM (FULL, ANALYZE)");
        statement.execute("CHECKPOINT");
      }
    }
  }

  private static Connection open(BatonFile file, String url) throws SQLException {
    return DriverManager.getConnection(url, file.postgres().user(), file.postgres().password());
  }

  /**
   * Files of the stack in which the mark stands. What is written ahead (pg_wal) ages out by itself,
   * and what Kafka keeps is read as its consumers do.
   */
  private List<String> files(Path data) throws IOException {
    try (var walk = Files.walk(data)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("/pg_wal/"))
          .filter(file -> !file.startsWith(data.resolve("kafka")))
          .filter(this::holds)
          .map(Path::toString)
          .toList();
    }
  }

  private boolean holds(Path file) {
    try {
      var text = Files.readString(file, ISO_8859_1);
      return text.contains(mark)
          || text.contains(mark.toUpperCase(Locale.ROOT))
          || text.contains(phone);
    } catch (java.nio.file.NoSuchFileException gone) {
      return false;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private java.util.stream.Stream<String> onTopics(LiveStack live) {
    return live.topics().names().stream()
        .filter(topic -> live.topics().read(topic).stream().anyMatch(this::says));
  }

  private boolean says(ConsumerRecord<String, String> record) {
    var text = new StringBuilder().append(record.key()).append(record.value());
    record.headers().forEach(header -> text.append(new String(header.value(), UTF_8)));
    return text.toString().toLowerCase(Locale.ROOT).contains(mark) || text.indexOf(phone) >= 0;
  }

  /** Other people come, so that segments end, and what is replaced in them is cleaned away. */
  private void compacted(LiveStack live, Rest rest) throws Exception {
    var configs = new ConfigResource(ConfigResource.Type.TOPIC, CONTACTS);
    try (var admin = Admin.create(Map.of("bootstrap.servers", live.stack().bootstrapServers()))) {
      var described = admin.describeConfigs(List.of(configs)).all().get();
      var kept = Objects.requireNonNull(described.get(configs));
      alter(admin, configs, EAGER);
      alter(admin, CLEANERS, Map.of(PAUSE, "200"));
      try {
        await()
            .atMost(COMPACTED)
            .pollInterval(Duration.ofSeconds(1))
            .untilAsserted(
                () -> {
                  others(rest);
                  assertThat(live.topics().read(CONTACTS).stream().filter(this::says)).isEmpty();
                });
      } finally {
        var before = new java.util.HashMap<String, String>();
        EAGER
            .keySet()
            .forEach(name -> before.put(name, Objects.requireNonNull(kept.get(name)).value()));
        alter(admin, configs, before);
        alter(admin, CLEANERS, Map.of(PAUSE, "15000"));
      }
    }
  }

  private static void alter(Admin admin, ConfigResource topic, Map<String, String> settings)
      throws Exception {
    var changes =
        settings.entrySet().stream()
            .map(
                each ->
                    new AlterConfigOp(
                        new ConfigEntry(each.getKey(), each.getValue()), AlterConfigOp.OpType.SET))
            .toList();
    admin.incrementalAlterConfigs(Map.of(topic, changes)).all().get();
  }

  /** Enough that some are in every partition. */
  private static void others(Rest rest) throws IOException {
    rest.batch(
        "lead",
        "capture",
        "/leads/batch",
        IntStream.range(0, 40)
            .mapToObj(
                n ->
                    Map.of(
                        "contact",
                        Map.of("email", "other" + System.nanoTime() + n + "@erase.example"),
                        "source",
                        "erase-others"))
            .toList());
  }
}
