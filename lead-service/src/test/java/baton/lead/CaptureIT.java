package baton.lead;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BatonTestResource.class)
class CaptureIT {
  private static final List<String> SPELLINGS =
      List.of(
          "grace@hopper.example",
          "GRACE@hopper.example",
          "Grace@Hopper.example",
          " grace@hopper.example",
          "grace@hopper.example ",
          "grace@HOPPER.EXAMPLE",
          "gRACE@hopper.example",
          "grace@Hopper.Example",
          "GRACE@HOPPER.EXAMPLE",
          "\\u0067race@hopper.example");

  private final Callers marketing = Callers.with(Infrastructure.shared().key("marketing"));
  private final Callers tool = Callers.with(Infrastructure.shared().key("capture"));
  @Inject DataSource database;

  @Test
  void a_lead_is_captured_and_can_be_read() {
    var captured =
        tool.post(
            "/leads",
            """
            {"contact": {"email": "Ada@Lovelace.example", "name": "Ada Lovelace", "jobTitle": "Analyst"},
             "company": {"name": "Engines", "domain": "engines.example", "employees": 12},
             "landingPage": "https://acme.example/try?utm_source=google&utm_medium=cpc&utm_campaign=spring",
             "consent": ["email"], "attributes": {"colour": "green"}, "touch": {"kind": "webinar"}}
            """);

    var lead = marketing.get("/leads/" + captured.json().path("leadId").asText());
    assertThat(captured.status()).as(captured.body()).isEqualTo(201);
    assertThat(captured.json().path("outcome").asText()).isEqualTo("captured");
    assertThat(captured.header("Location")).endsWith(captured.json().path("leadId").asText());
    assertThat(lead.status()).as(lead.body()).isEqualTo(200);
    assertThat(lead.header("ETag")).isEqualTo("\"1\"");
    assertThat(lead.json().path("channel").asText()).isEqualTo("Paid Search");
    assertThat(lead.json().path("campaign").asText()).isEqualTo("spring");
    assertThat(lead.json().path("landingPage").asText()).isEqualTo("https://acme.example/try");
    assertThat(lead.json().at("/contact/email").asText()).isEqualTo("Ada@Lovelace.example");
    assertThat(lead.json().at("/attributes/colour").asText()).isEqualTo("green");
    assertThat(lead.json().path("stage").asText()).isEqualTo("captured");
  }

  @Test
  void captures_are_counted_among_the_requests_as_every_other_call() {
    tool.post("/leads", "{\"contact\": {\"email\": \"counted@lovelace.example\"}}");

    var metrics = Callers.with(Infrastructure.shared().key("report")).get("/metrics").body();

    assertThat(metrics.lines())
        .anyMatch(
            line ->
                line.startsWith("http_server_requests_seconds_count{")
                    && line.contains("method=\"POST\"")
                    && line.contains("status=\"201\"")
                    && line.contains("uri=\"/leads\""));
  }

  @Test
  void two_hundred_racing_posts_of_one_person_make_one_lead() {
    var racing =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    tool.send(
                        "POST",
                        "/leads",
                        "application/json",
                        "{\"contact\": {\"email\": \"" + SPELLINGS.get(i % 10) + "\"}}"))
            .toList();

    var answers = racing.stream().map(CompletableFuture::join).toList();

    assertThat(answers.stream().filter(one -> one.status() == 201)).hasSize(1);
    assertThat(answers.stream().filter(one -> one.status() == 200)).hasSize(199);
    assertThat(answers.stream().map(one -> one.json().path("leadId").asText()).distinct())
        .hasSize(1);
  }

  @Test
  void every_bad_field_is_named_at_once_and_nothing_changes() {
    var refused =
        tool.post(
            "/leads",
            """
            {"contact": {"email": "bad", "phone": "12", "fax": "1"}, "country": "Brazil",
             "company": {"employees": -1}, "origin": "moon", "touch": {"kind": "a b"},
             "qualifiedAt": "2026-01-01T00:00:00Z", "occurredAt": "1999-01-01T00:00:00Z", "sauce": "x"}
            """);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    assertThat(refused.json().path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder(
            "/contact/email",
            "/contact/phone",
            "/contact/fax",
            "/country",
            "/company/employees",
            "/origin",
            "/touch/kind",
            "/qualifiedAt",
            "/occurredAt",
            "/sauce");
    assertThat(refused.body()).doesNotContain("moon", "Brazil");
  }

  @Test
  void two_tools_that_number_their_touches_alike_lose_none() {
    var touch =
        """
        {"contact": {"email": "%s@touched.example"}, "kind": "webinar", "externalId": "1"}
        """;

    var first = tool.post("/touches", touch.formatted("ida"));
    var second = marketing.post("/touches", touch.formatted("eva"));
    var again = tool.post("/touches", touch.formatted("ida"));

    assertThat(List.of(first.status(), second.status(), again.status()))
        .containsExactly(201, 201, 200);
    assertThat(second.json().path("leadId")).isNotEqualTo(first.json().path("leadId"));
    assertThat(again.json().path("touchId")).isEqualTo(first.json().path("touchId"));
  }

  @Test
  void a_lead_without_anything_to_know_it_by_is_refused() {
    var refused = tool.post("/leads", "{\"source\": \"google\"}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/contact");
  }

  @Test
  void the_description_says_how_to_capture() {
    var described = marketing.get("/openapi?format=json").json();

    assertThat(described.at("/paths/~1leads/post/responses").has("201")).isTrue();
    assertThat(described.at("/paths/~1leads").has("get")).isTrue();
    assertThat(described.at("/components/schemas/LeadBody/properties").has("contact")).isTrue();
  }

  @Test
  void a_key_of_the_other_side_may_not_capture() {
    var sales = Callers.with(Infrastructure.shared().key("sales"));

    assertThat(sales.post("/leads", "{\"contact\": {\"email\": \"a@b.example\"}}").status())
        .isEqualTo(403);
    assertThat(tool.get("/leads").status()).isEqualTo(403);
  }

  @Test
  void the_same_key_and_body_get_the_first_answer_byte_for_byte() {
    var body = "{\"contact\": {\"email\": \"twice@lovelace.example\"}}";
    var racing =
        IntStream.range(0, 20)
            .mapToObj(
                _ ->
                    tool.send(
                        "POST", "/leads", "application/json", body, "Idempotency-Key", "twice"))
            .toList();

    var answers = racing.stream().map(CompletableFuture::join).toList();
    var another =
        tool.post(
            "/leads",
            "{\"contact\": {\"email\": \"other@lovelace.example\"}}",
            "Idempotency-Key",
            "twice");
    var later = tool.post("/leads", body, "Idempotency-Key", "twice");

    assertThat(answers.stream().map(Callers.Answered::status)).containsOnly(201);
    assertThat(answers.stream().map(Callers.Answered::body).distinct())
        .containsExactly(later.body());
    assertThat(later.header("Location")).isNotEmpty();
    assertThat(another.status()).isEqualTo(422);
  }

  @Test
  void a_row_that_the_database_refuses_fails_alone() throws SQLException {
    execute("ALTER TABLE lead ADD CONSTRAINT no_poison CHECK (source <> 'poison')");
    var racing =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    tool.send(
                        "POST",
                        "/leads",
                        "application/json",
                        "{\"contact\": {\"email\": \"n%d@neighbours.example\"}, \"source\": \"%s\"}"
                            .formatted(i, i == 50 ? "poison" : "google")))
            .toList();

    var answers = racing.stream().map(CompletableFuture::join).toList();
    execute("ALTER TABLE lead DROP CONSTRAINT no_poison");

    assertThat(answers.stream().filter(one -> one.status() == 201)).hasSize(99);
    assertThat(answers.get(50).status()).isBetween(400, 599);
    assertThat(answers.get(50).header("Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void lines_fail_alone_and_are_answered_in_order() {
    var answers =
        tool.lines(
            "/leads/batch",
            """
            {"contact": {"email": "one@lines.example"}}
            {"contact": {"email": "bad"}}
            nonsense

            {"contact": {"email": "ONE@lines.example"}}
            {"externalIds": [{"system": "crm", "id": "77"}]}
            {"externalIds": [{"system": "crm", "id": "77"}]}""");

    assertThat(answers.stream().map(line -> line.path("line").asInt()))
        .containsExactly(1, 2, 3, 5, 6, 7);
    assertThat(answers.stream().map(line -> line.path("status").asInt()))
        .containsExactly(201, 422, 422, 200, 201, 200);
    assertThat(answers.get(3).path("leadId")).isEqualTo(answers.get(0).path("leadId"));
    assertThat(answers.get(1).at("/errors/0/pointer").asText()).isEqualTo("/contact/email");
  }

  @Test
  void a_line_longer_than_a_command_fails_alone() {
    var answers =
        tool.lines(
            "/leads/batch",
            "{\"form\": \""
                + "x".repeat(70_000)
                + "\"}\n{\"contact\": {\"email\": \"two@lines.example\"}}\n");

    assertThat(answers.stream().map(line -> line.path("status").asInt())).containsExactly(413, 201);
  }

  @Test
  void a_body_that_is_not_utf_8_is_refused() {
    var refused = tool.post("/leads", new String(new byte[] {'{', '"', 0, '"', '}'}, UTF_8));

    assertThat(refused.status()).isEqualTo(400);
  }

  private void execute(String statement) throws SQLException {
    try (var connection = database.getConnection();
        var execution = connection.createStatement()) {
      execution.execute(statement);
    }
  }
}
