package baton.systemtest.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import baton.systemtest.stack.LiveStack;
import baton.systemtest.stack.Rest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DashboardsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PASSWORD = "read-only";

  /** Nothing is promised on this stack, where no charter is signed. */
  private static final String NEEDS_A_CHARTER = "report.promise_";

  /** As a charter with goals would have it; the latest of all, and of the charter in force. */
  private static final String GOALS_OF_TWO_DAYS =
      """
      INSERT INTO goal_standing (goal_id, day, ordinal, parent, metric, owners, from_day, to_day, currency,
        target, actual, gone, plan, attained, pacing, forecast, outlook, charter_version, as_of)
      SELECT id, day, ordinal, parent, metric, ARRAY['sales', 'marketing'], DATE '2026-01-01', DATE '2026-04-01',
        currency, 100, 20 * nth, 0.25 * nth, 25 * nth, 0.2 * nth, 0.8, 80, 'at-risk',
        (SELECT coalesce(max(version), 0) FROM report.charter WHERE effective_from <= now()),
        now() + interval '1 hour' * nth
      FROM (VALUES ('dash-revenue', 0, NULL, 'revenue', 'EUR'), ('dash-won', 1, 'dash-revenue', 'won', NULL))
             AS goal(id, ordinal, parent, metric, currency),
           (VALUES (1, DATE '2026-01-31'), (2, DATE '2026-02-28')) AS told(nth, day)
      """;

  /** As tables are that grew since they were analyzed, when the planner's guesses are the worst. */
  private static final String NEVER_ANALYZED =
      "DELETE FROM pg_statistic WHERE starelid::regclass::text ~ '^(%s)$'";

  private static final Pattern GROWING = Pattern.compile("keys|(cell|tally|note)_[01]");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** PostgreSQL's planner units; reading some thousand rows costs less. */
  private static final double DEAREST = 200_000;

  private static final Set<Integer> NUMBERS =
      Set.of(Types.NUMERIC, Types.BIGINT, Types.INTEGER, Types.DOUBLE, Types.REAL, Types.SMALLINT);

  private static LiveStack live = LiveStack.shared();
  private static Connection owner;
  private static Connection reader;

  @BeforeAll
  static void a_small_company_is_there() throws Exception {
    live = LiveStack.shared();
    try (var rest = live.rest()) {
      rest.put(
          "handoff",
          "sales-manager",
          "/sellers/dash",
          Map.of("name", "Dash", "email", "dash@example.org", "team", "dash"));
      for (var i = 0; i < 4; i++) {
        lead(rest, i);
      }
      taken(
          rest.put(
              "lead",
              "marketing",
              "/campaigns/dashboards/spend/" + LocalDate.now(ZoneOffset.UTC),
              Map.of("amount", Map.of("amount", "80.00", "currency", "EUR"))));
    }
    var postgres = live.file().postgres();
    var url = postgres.databases().get("reporting");
    owner = DriverManager.getConnection(url, postgres.user(), postgres.password());
    try (var statement = owner.createStatement()) {
      statement.execute(
          Files.readString(Dashboards.deploy().resolve("grafana/reader.sql"))
              .replace(":password", "'" + PASSWORD + "'"));
      statement.execute(GOALS_OF_TWO_DAYS);
      statement.execute(NEVER_ANALYZED.formatted(GROWING));
    }
    reader = DriverManager.getConnection(url, "baton_report_reader", PASSWORD);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        rows(
                            "SELECT 1 FROM report.funnel_daily WHERE source = 'dashboards'"
                                + " HAVING sum(captured) = 4 AND sum(won) = 1"
                                + " AND sum(now_rejected) = 1"
                                + " AND (SELECT count(*) FROM report.rating_daily"
                                + "      WHERE source = 'dashboards') > 0"
                                + " AND (SELECT count(*) FROM report.spend_daily) > 0"))
                    .hasSize(1));
  }

  @AfterAll
  static void the_reader_is_gone() throws SQLException {
    reader.close();
    try (var statement = owner.createStatement()) {
      statement.execute("DELETE FROM goal_standing WHERE goal_id LIKE 'dash-%'");
      statement.execute("DROP OWNED BY baton_report_reader; DROP ROLE baton_report_reader");
    }
    owner.close();
  }

  /** The first is won, the second rejected, the others wait. */
  private static void lead(Rest rest, int number) throws IOException {
    var captured =
        rest.post(
            "lead",
            "capture",
            "/leads",
            Map.of(
                "contact",
                Map.of("email", "dash" + number + "@example.org"),
                "source",
                "dashboards",
                "campaign",
                "dashboards",
                "touch",
                Map.of("kind", number < 2 ? "demo-request" : "visit")),
            Map.of());
    taken(captured);
    var lead = captured.said("leadId");
    if (number == 0) {
      taken(
          rest.post(
              "feedback",
              "sales",
              "/outcomes",
              Map.of(
                  "leadId",
                  lead,
                  "result",
                  "won",
                  "amount",
                  Map.of("amount", "1250.00", "currency", "EUR"),
                  "occurredAt",
                  Instant.now().toString()),
              Map.of()));
    } else if (number == 1) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                var offered = rest.get("handoff", "sales", "/handoffs?state=offered&limit=500");
                var handoff =
                    JSON.readTree(offered.text())
                        .path("items")
                        .valueStream()
                        .filter(each -> each.path("leadId").asText().equals(lead))
                        .map(each -> each.path("handoffId").asText())
                        .findFirst();
                assertThat(handoff).isPresent();
                assertThat(
                        rest.post(
                                "handoff",
                                "sales",
                                "/handoffs/" + handoff.get() + "/reject",
                                Map.of("reason", "spam"),
                                Map.of())
                            .status())
                    .isEqualTo(200);
              });
      taken(
          rest.post(
              "feedback", "sales", "/feedback", Map.of("leadId", lead, "rating", 2), Map.of()));
    }
  }

  private static void taken(Rest.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isIn(200, 201);
  }

  @Test
  void every_panel_of_reports_has_rows_of_the_types_it_shows_at_a_bounded_cost() throws Exception {
    var variables = new HashMap<String, String>();
    for (var name : List.of("source", "channel", "campaign")) {
      variables.put(name, values(name));
    }
    variables.put("goal", "'dash-revenue','dash-won'");
    for (var query : Dashboards.queries(Dashboards.REPORTS)) {
      var statement = Dashboards.expanded(query.text(), variables);
      assertThat(statement).as(query.toString()).doesNotContain("$");
      var plan = plan(statement);
      assertThat(plan.at("/0/Plan/Total Cost").asDouble())
          .as("cost of %s", query)
          .isLessThan(DEAREST);
      assertThat(tablesAreReadAgainAndAgain(plan)).as("%s: %s", query, plan).isFalse();

      try (var select = reader.createStatement();
          var rows = select.executeQuery(statement)) {
        assertThat(rows.next() || query.text().contains(NEEDS_A_CHARTER))
            .as("%s has rows", query)
            .isTrue();
        shows(query, rows.getMetaData());
      }
    }
  }

  private static String values(String dimension) throws SQLException {
    return dimension.equals("campaign")
        ? "'dashboards'"
        : rows(
                "SELECT DISTINCT coalesce(%s, '(none)') FROM report.funnel_daily"
                    .formatted(dimension))
            .stream()
            .map(value -> "'" + value + "'")
            .collect(Collectors.joining(","));
  }

  private static void shows(Dashboards.Query query, ResultSetMetaData columns) throws SQLException {
    var numbers = 0;
    for (var i = 1; i <= columns.getColumnCount(); i++) {
      numbers += NUMBERS.contains(columns.getColumnType(i)) ? 1 : 0;
    }
    assertThat(numbers).as("%s has numbers", query).isPositive();
    if (query.format().equals("time_series")) {
      assertThat(columns.getColumnLabel(1)).as(query.toString()).isEqualTo("time");
      assertThat(NUMBERS).as("%s: seconds", query).contains(columns.getColumnType(1));
    }
  }

  private static JsonNode plan(String statement) throws Exception {
    return JSON.readTree(rows("EXPLAIN (FORMAT JSON) " + statement).getFirst());
  }

  /** Once for each row of another. */
  private static boolean tablesAreReadAgainAndAgain(JsonNode plan) {
    return plan.findParents("Node Type").stream()
        .filter(step -> step.path("Node Type").asText().equals("Nested Loop"))
        .flatMap(loop -> loop.at("/Plans/1").findValuesAsText("Relation Name").stream())
        .anyMatch(GROWING.asMatchPredicate());
  }

  @Test
  void what_fills_variables_and_annotations_can_be_read() throws SQLException {
    for (var statement : Dashboards.lookups()) {
      try (var select = reader.createStatement();
          var rows = select.executeQuery(Dashboards.expanded(statement, Map.of()))) {
        assertThat(rows.getMetaData().getColumnCount()).isPositive();
      }
    }
  }

  @Test
  void who_reads_reports_reads_nothing_else_and_changes_nothing() {
    assertThatThrownBy(() -> rows("SELECT body FROM journey_0")).hasMessageContaining("denied");
    assertThatThrownBy(() -> rows("SELECT event FROM known_charter"))
        .hasMessageContaining("denied");
    assertThatThrownBy(() -> rows("CREATE TABLE report.mine AS SELECT 1 AS one RETURNING 1"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void every_metric_that_is_asked_for_is_scraped() throws Exception {
    var scraped = new HashSet<String>();
    try (var rest = live.rest()) {
      for (var service : List.of("lead", "handoff", "feedback", "reporting")) {
        var answer = rest.get(service, "report", "/metrics");
        assertThat(answer.status()).isEqualTo(200);
        answer
            .text()
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(DashboardsIT::name)
            .forEach(scraped::add);
      }
    }
    assertThat(scraped).containsAll(Dashboards.metrics());
  }

  private static String name(String line) {
    return line.substring(0, line.indexOf(line.contains("{") ? '{' : ' '));
  }

  @Test
  void prometheus_takes_the_rules_and_they_fire_as_they_say() throws Exception {
    var there =
        List.of("/usr/bin", "/usr/local/bin").stream()
            .anyMatch(folder -> Files.isExecutable(java.nio.file.Path.of(folder, "promtool")));
    assumeTrue(there, "promtool is not installed: this test is skipped");
    var promtool =
        new ProcessBuilder("promtool", "test", "rules", "rules-test.yml")
            .directory(Dashboards.deploy().resolve("prometheus").toFile())
            .redirectErrorStream(true)
            .start();

    var said =
        new String(
            promtool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

    assertThat(promtool.waitFor()).as(said).isZero();
  }

  @Test
  void every_panel_says_what_it_shows_in_what_unit_and_where() {
    var uids = new HashSet<String>();
    Dashboards.all()
        .forEach(
            (file, dashboard) -> {
              assertThat(uids.add(dashboard.path("uid").asText())).as(file).isTrue();
              assertThat(dashboard.path("description").asText()).as(file).endsWith("?");
              assertThat(dashboard.path("links")).as(file).isNotEmpty();
              var taken = new ArrayList<JsonNode>();
              for (var panel : dashboard.path("panels")) {
                var where = file + " / " + panel.path("title").asText();
                assertThat(panel.path("description").asText()).as(where).isNotBlank();
                assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(where).isNotBlank();
                assertThat(panel.at("/datasource/uid").asText())
                    .as(where)
                    .isIn(Dashboards.REPORTS, Dashboards.METRICS);
                var place = panel.path("gridPos");
                assertThat(taken).as(where).noneMatch(other -> overlap(other, place));
                taken.add(place);
              }
            });
  }

  private static boolean overlap(JsonNode one, JsonNode other) {
    return meet(one, other, "x", "w") && meet(one, other, "y", "h");
  }

  private static boolean meet(JsonNode one, JsonNode other, String from, String size) {
    return one.path(from).asInt() < other.path(from).asInt() + other.path(size).asInt()
        && other.path(from).asInt() < one.path(from).asInt() + one.path(size).asInt();
  }

  private static List<String> rows(String statement) throws SQLException {
    var values = new ArrayList<String>();
    try (var select = reader.createStatement();
        var rows = select.executeQuery(statement)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
