package baton.reporting.fold;

import static baton.reporting.attribution.Told.id;
import static baton.reporting.attribution.Told.outcome;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import baton.charter.Agreement;
import baton.contracts.BreachStep;
import baton.contracts.Company;
import baton.contracts.ContentRequest;
import baton.contracts.Event;
import baton.contracts.HandoffStep;
import baton.contracts.Json;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadFeedback;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadQualified;
import baton.contracts.OutcomeResult;
import baton.contracts.RequestStep;
import baton.contracts.Side;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import baton.infrastructure.RoleMatrix;
import baton.infrastructure.telling.Captured;
import baton.infrastructure.telling.Promised;
import baton.reporting.attribution.Told;
import baton.reporting.funnel.Dimension;
import baton.reporting.meeting.Week;
import baton.reporting.restatement.Restatements;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a company's leads, as its people read it. */
@QuarkusTest
@QuarkusTestResource(value = BatonTestResource.class, restrictToAnnotatedClass = true)
class FunnelIT {
  private static final Instant NINE = Instant.parse("2026-03-31T21:30:00Z");
  private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
  private static final UUID ADA = id(1);
  private static final UUID BOB = id(2);
  private static final UUID CARL = id(3);
  private static final UUID DORA = id(4);
  private static final List<String> REPORTS =
      List.of(
          "/funnel",
          "/velocity",
          "/sla",
          "/quality",
          "/scorecard",
          "/attribution",
          "/roi",
          "/retention",
          "/goals",
          "/leads",
          "/calibration",
          "/restatements");
  private static final Duration SECONDS = Duration.ofSeconds(10);
  private static boolean told;

  private final DataSource database;
  private final Restatements restatements;

  FunnelIT(DataSource database, Restatements restatements) {
    this.database = database;
    this.restatements = restatements;
  }

  /**
   * Ada is offered, accepted, verified and won; Bob is rejected; Carl comes from nowhere and was
   * won two days before he was first seen; Dora is only captured.
   */
  @BeforeEach
  void four_leads_are_told_out_of_order_and_twice() {
    if (told) {
      return;
    }
    told = true;
    var events =
        List.<Event>of(
            outcome(ADA, 31, OutcomeResult.WON, NINE.plus(Duration.ofDays(3)), "1250.5"),
            step(ADA, 11, 3, HandoffStep.QUALIFIED, NINE.plus(Duration.ofHours(9)), null),
            step(ADA, 11, 2, HandoffStep.ACCEPTED, NINE.plus(Duration.ofHours(1)), null),
            step(ADA, 11, 1, HandoffStep.OFFERED, NINE.plusSeconds(60), null),
            qualified(ADA, 21, NINE.plusSeconds(30)),
            captured(ADA, "google", NINE),
            step(BOB, 12, 2, HandoffStep.REJECTED, NINE.plus(Duration.ofHours(2)), "spam"),
            step(BOB, 12, 1, HandoffStep.OFFERED, NINE.plusSeconds(90), null),
            qualified(BOB, 22, NINE.plusSeconds(40)),
            captured(BOB, "google", NINE.plus(Duration.ofHours(1))),
            met(BOB, 12, NINE.plusSeconds(90)),
            breached(BOB, 12, NINE.plusSeconds(90)),
            volumeOfMarch(),
            replyOfMarch(BreachStep.EXCUSED),
            replyOfMarch(BreachStep.BREACHED),
            outcome(CARL, 33, OutcomeResult.WON, NINE.minus(Duration.ofDays(2)), null),
            captured(CARL, null, NINE),
            captured(DORA, "=HYPERLINK(\"x\")", NINE.plus(Duration.ofDays(40))));
    try (var said = new Said(Infrastructure.shared().bootstrapServers())) {
      events.forEach(said::say);
      events.forEach(said::say);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                report()
                    .get("/funnel")
                    .then()
                    .statusCode(200)
                    .body("total.stages.captured.count", equalTo(4))
                    .body("total.stages.won.count", equalTo(2))
                    .body("total.ended.rejected", equalTo(1)));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                report()
                    .get("/sla")
                    .then()
                    .body("total.sales.met", equalTo(1))
                    .body("total.sales.breached", equalTo(1))
                    .body("total.marketing.met", equalTo(1))
                    .body("total.marketing.excused", equalTo(1)));
  }

  @Test
  void each_role_may_what_the_table_says() throws Exception {
    var decided =
        as("marketing")
            .contentType("application/json")
            .body("{\"text\": \"Call sooner\", \"owner\": \"mia\", \"due\": \"2025-12-31\"}")
            .post("/meetings/2025-W50/decisions")
            .then()
            .statusCode(201)
            .extract();
    var draft = Json.mapper().writeValueAsString(new YAMLMapper().readTree(draft()));
    var objects =
        Map.of(
            "ada", Map.of("leadId", ADA.toString()),
            "week 14", Map.of("week", "2026-W14"),
            "week 50", Map.of("week", "2025-W50"),
            "a decision", Map.of("week", "2025-W50", "id", decided.<String>path("decisionId")),
            "a draft", Map.of("draft", draft),
            "a parked record", Map.of("id", RoleMatrix.park(database)));
    try (var matrix = new RoleMatrix(here(), FunnelIT.class)) {
      nothingIsBuilt();

      var answered = matrix.actual(objects);

      assertThat(answered).isEqualTo(matrix.expected());
      nothingIsBuilt();
    } finally {
      RoleMatrix.unpark(database);
    }
  }

  @Test
  void strangers_are_asked_who_they_are_before_anything_else() {
    try (var matrix = new RoleMatrix(here(), FunnelIT.class)) {
      assertThat(matrix.open()).isEmpty();
    }
  }

  private static URI here() {
    return URI.create("http://127.0.0.1:" + RestAssured.port);
  }

  private static void nothingIsBuilt() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> as("admin").get("/rebuild").then().body("state", is("idle")));
  }

  @Test
  void the_funnel_reads_as_scripts_expect_it() {
    var answer =
        report().get("/funnel?by=source&from=2026-03-01&to=2026-05-01").then().statusCode(200);

    answer
        .body("basis", is("cohort"))
        .body("zone", is("UTC"))
        .body("from", is("2026-03-01"))
        .body("to", is("2026-05-01"))
        .body("charters", hasItem(0))
        .body("by", is(List.of("source")))
        .body("rows", hasSize(2))
        .body("rows[0].key.source", is("google"))
        .body("rows[0].stages.captured.count", is(2))
        .body("rows[0].stages.mql.count", is(2))
        .body("rows[0].stages.mql.inferred", is(0))
        .body("rows[0].stages.mql.fromPrevious", closeTo(1.0, 1e-9))
        .body("rows[0].stages.sal.count", is(1))
        .body("rows[0].stages.sal.deemed", is(0))
        .body("rows[0].stages.won.fromFirst", closeTo(0.5, 1e-9))
        .body("rows[0].stages.won.revenue[0].amount", is("1250.50"))
        .body("rows[0].stages.won.revenue[0].currency", is("EUR"))
        .body("rows[0].ended.won", is(1))
        .body("rows[0].ended.rejected", is(1))
        .body("rows[0].ended.open", is(0))
        .body("rows[0].rejected.reasons[0].reason", is("spam"))
        .body("rows[1].key.source", nullValue())
        .body("rows[1].stages.won.count", is(1))
        .body("rows[1].stages.mql.inferred", is(1))
        .body("total.stages.captured.count", is(3));
  }

  @Test
  void a_browser_without_a_key_gets_the_scoreboard_that_asks_for_one_with_the_refusal() {
    var nobody = given().accept("text/html,*/*;q=0.8").get("/");
    var known = report().get("/");

    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(nobody.contentType()).isEqualTo("text/html;charset=utf-8");
    assertThat(nobody.header("WWW-Authenticate")).doesNotContain("Basic");
    assertThat(nobody.header("Content-Security-Policy")).startsWith("default-src 'none';");
    assertThat(known.statusCode()).isEqualTo(200);
    assertThat(known.asString()).isEqualTo(nobody.asString());
    given().get("/").then().statusCode(401).contentType("application/problem+json");
  }

  @Test
  void the_scoreboard_asks_for_calls_that_there_are() {
    var asked =
        Pattern.compile("['`](/[a-z][a-z/-]*)[?'`]")
            .matcher(report().get("/").asString())
            .results();

    var calls = report().accept("application/json").get("/openapi").jsonPath().getMap("paths");

    assertThat(asked.map(call -> call.group(1)))
        .contains("/charters/current", "/funnel", "/velocity", "/sla", "/goals", "/restatements")
        .allMatch(calls::containsKey);
  }

  /** Ada took three days to a win, Carl none: nine of ten took three. The watermark is today's. */
  @Test
  void a_cohort_that_has_not_had_its_time_is_marked() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                report()
                    .get("/funnel?from=2026-03-01&to=2026-05-01")
                    .then()
                    .body("total.stages.won.immature", is(false))
                    .body("total.immature", is(false)));
    report()
        .get("/funnel?from=2026-03-01&to=2026-05-01&withinDays=36500")
        .then()
        .body("total.stages.won.immature", is(true))
        .body("rows[0].immature", is(true));
    var today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
    report()
        .get("/velocity?from=2026-03-01&withinDays=7&to=" + today.plusDays(1))
        .then()
        .body("total.immature", is(false)); // nobody came after May
    report()
        .accept("text/csv")
        .get("/funnel?from=2026-03-01&to=2026-05-01&withinDays=36500")
        .then()
        .body(containsString("\"wonImmature\""))
        .body(containsString(",true,"));
  }

  /** What is documented is taken, with its meaning; what isn't, of all names known, is refused. */
  @Test
  void every_call_takes_the_parameters_that_are_documented_and_no_others() throws IOException {
    var paths =
        Json.mapper()
            .readTree(report().accept("application/json").get("/openapi").asString())
            .path("paths");
    var documented = new TreeMap<String, Set<String>>();
    var known = new TreeSet<>(Set.of("from", "to", "zone", "basis", "passes", "withinDays", "by"));
    for (var dimension : Dimension.values()) {
      known.add(dimension.word());
    }
    for (var path : paths.properties()) {
      var names = documented.computeIfAbsent(path.getKey(), _ -> new TreeSet<>());
      for (var parameter : path.getValue().at("/get/parameters")) {
        if (parameter.path("in").asText().equals("query")) {
          names.add(parameter.path("name").asText());
          assertThat(parameter.path("description").asText())
              .as(path.getKey() + " " + parameter.path("name").asText())
              .isNotBlank();
          assertThat(parameter.at("/schema/type").isMissingNode())
              .as(path.getKey() + " " + parameter.path("name").asText())
              .isFalse();
        }
      }
      known.addAll(names);
    }
    assertThat(documented.get("/funnel")).hasSize(19);
    for (var call : REPORTS) {
      for (var name : known) {
        var answer = report().queryParam(name, "x").get(call);
        if (Objects.requireNonNull(documented.get(call)).contains(name)) {
          assertThat(answer.asString()).as(call + " " + name).doesNotContain("not known here");
        } else {
          assertThat(answer.statusCode()).as(call + " " + name).isEqualTo(422);
          assertThat(answer.jsonPath().<String>getList("errors.pointer"))
              .as(call + " " + name)
              .contains("/" + name);
        }
      }
    }
  }

  @Test
  void a_win_before_the_first_contact_is_within_any_number_of_days() {
    report()
        .get("/funnel?source=&withinDays=0")
        .then()
        .statusCode(200)
        .body("total.stages.won.count", is(1));
  }

  @Test
  void a_day_is_a_day_in_the_zone_that_was_asked_for() {
    report()
        .get("/funnel?by=day&zone=Europe/Berlin&source=google")
        .then()
        .statusCode(200)
        .body("rows.key.day", is(List.of("2026-03-31", "2026-04-01")))
        .body("rows.stages.captured.count", is(List.of(1, 1)));
  }

  @Test
  void a_ratio_of_nothing_is_null() {
    report()
        .get("/funnel?source=nobody")
        .then()
        .statusCode(200)
        .body("rows", empty())
        .body("total.stages.captured.count", is(0))
        .body("total.stages.mql.fromPrevious", nullValue())
        .body("total.stages.won.revenue", empty());
  }

  @Test
  void a_period_counts_those_who_came_in_it() {
    report()
        .get("/funnel?basis=period&by=month")
        .then()
        .statusCode(200)
        .body("rows.key.month", is(List.of("2026-03", "2026-04", "2026-05")))
        .body("rows.stages.won.count", is(List.of(1, 1, 0)));
  }

  @Test
  void a_table_is_safe_to_open() {
    report()
        .accept("text/csv")
        .get("/funnel?by=source")
        .then()
        .statusCode(200)
        .contentType(containsString("text/csv"))
        .body(containsString("\"'=HYPERLINK(\"\"x\"\")\",1,"))
        .body(containsString("\r\n,1,1,"));
  }

  @Test
  void how_fast_leads_were_answered() {
    report()
        .get("/velocity?by=source&source=google")
        .then()
        .statusCode(200)
        .body("by", is(List.of("source")))
        .body("charters", hasItem(0))
        .body("rows", hasSize(1))
        .body("rows[0].key.source", is("google"))
        .body("rows[0].speedToLead.wall.count", is(0))
        .body("rows[0].speedToLead.wall.never", is(2))
        .body("rows[0].speedToLead.wall.p50", nullValue())
        .body("rows[0].speedToLead.business.never", is(2))
        .body("rows[0].decision.count", is(2))
        .body("rows[0].decision.p50", matchesPattern("PT(58|59)M.*"))
        .body("rows[0].stages.sal.count", is(1))
        .body("total.stages.won.count", is(1));
  }

  @Test
  void how_promises_were_kept() {
    report()
        .get("/sla?by=seller")
        .then()
        .statusCode(200)
        .body("by", is(List.of("seller", "clause")))
        .body("rows.key.clause", is(List.of("call", "decide")))
        .body("rows.key.seller", is(List.of("grace", "grace")))
        .body("rows.owedBy", is(List.of("sales", "sales")))
        .body("rows[0].breached", is(1))
        .body("rows[0].attainment", closeTo(0, 1e-9))
        .body("rows[1].met", is(1))
        .body("total.sales.attainment", closeTo(0.5, 1e-9))
        .body("total.marketing.attainment", nullValue());
  }

  @Test
  void a_promise_is_told_of_when_it_is_due_long_after_all_else() {
    report()
        .get("/sla?by=month&basis=period&zone=UTC")
        .then()
        .statusCode(200)
        .body("rows.key.month", is(List.of("2026-03", "2026-07", "2026-03", "2026-03")));
  }

  /** What was promised of March is due as April begins. */
  @Test
  void promises_about_no_lead_are_told_of_their_period() {
    report()
        .get("/sla?from=2026-03-01&to=2026-04-01&zone=UTC&basis=period")
        .then()
        .statusCode(200)
        .body("rows.key.clause", is(List.of("call", "reply", "volume")))
        .body("total.marketing.met", is(1))
        .body("total.marketing.breached", is(0))
        .body("total.marketing.excused", is(1))
        .body("total.marketing.attainmentWithExcused", closeTo(0.5, 1e-9));
    report()
        .get("/sla?from=2026-04-01&zone=UTC&basis=period")
        .then()
        .body("total.marketing.met", is(0));
    report().get("/scorecard").then().body("total.marketing.promises.met", is(1));
  }

  /** Nobody was a lead of such a life that any charter made these MQLs of it: they stand. */
  @Test
  void a_draft_is_replayed_beside_what_happened() {
    var answer =
        report()
            .contentType("application/yaml")
            .body(draft())
            .post("/what-if?basis=cohort&source=google&zone=UTC")
            .then()
            .statusCode(200);

    var funnel = report().get("/funnel?source=google&passes=all&zone=UTC").jsonPath();
    answer
        .body("basis", is("cohort"))
        .body("charters", hasItem(0))
        .body("leadsRead", is(4))
        .body("mqls.happened.leads", is(2))
        .body("mqls.happened.passes", is(funnel.getInt("total.stages.mql.count")))
        .body("mqls.wouldHave.leads", is(2))
        .body("mqls.lost", is(0))
        .body("mqls.byPersona[0].persona", is("buyer"))
        .body("clauses.find { it.clause == 'decide' }.happened.met", is(1))
        .body("clauses.find { it.clause == 'call' }.happened.breached", is(1))
        .body("acceptance.happened.accepted", is(1))
        .body("acceptance.happened.decided", is(2))
        .body("load.sellers[0].seller", is("grace"))
        .body("load.sellers[0].happened.handoffs", is(2))
        .body("load.sellers[0].happened.peakOpen", is(2))
        .body("limits", hasItem(startsWith("2 leads qualified otherwise")));
  }

  private static byte[] draft() {
    var template = Agreement.template("b2b-inside-sales");
    return template == null ? new byte[0] : template.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_replay_says_how_far_it_is_and_then_what_came_of_it() {
    var said =
        report()
            .contentType("application/yaml")
            .accept("application/x-ndjson")
            .body(draft())
            .post("/what-if")
            .then()
            .statusCode(200)
            .extract()
            .asString()
            .strip()
            .split("\n");

    assertThat(said[0]).isEqualTo("{\"progress\":{\"read\":0,\"of\":4}}");
    assertThat(said[said.length - 1]).startsWith("{\"result\":{\"basis\":\"cohort\"");
  }

  @Test
  void a_draft_that_says_nothing_is_refused_as_a_proposal_is() {
    report()
        .contentType("application/json")
        .body("{\"name\": \"Empty\", \"personas\": [{\"id\": \"x\", \"when\": \"lead.nose\"}]}")
        .post("/what-if?by=source&from=yesterday")
        .then()
        .statusCode(422)
        .body("errors.pointer", hasItems("/by", "/from"));
    report()
        .contentType("application/json")
        .body("{\"name\": \"Empty\", \"personas\": [{\"id\": \"x\", \"when\": \"lead.nose\"}]}")
        .post("/what-if")
        .then()
        .statusCode(422)
        .body("errors.pointer", hasItem("/personas/0/when"));
  }

  @Test
  void what_sales_thought_of_leads() {
    report()
        .get("/quality")
        .then()
        .statusCode(200)
        .body("total.rejected.count", is(1))
        .body("total.rejected.rate", closeTo(0.5, 1e-9))
        .body("total.rejected.reasons[0].reason", is("spam"))
        .body("total.bands[0].band", nullValue())
        .body("total.bands[0].count", is(2));
  }

  @Test
  void the_scorecard_of_both_sides() {
    report()
        .get("/scorecard?to=2026-05-01&zone=UTC&by=source")
        .then()
        .statusCode(200)
        .body("total.marketing.mqls", is(2))
        .body("total.marketing.acceptance.rate", closeTo(0.5, 1e-9))
        .body("total.sales.ownerHops.offered", is(2))
        .body("total.both.winRate.won", is(2))
        .body("total.both.winRate.byCount", closeTo(1, 1e-9))
        .body("total.both.meanDeal[0].amount", is("1250.50"))
        .body("total.both.coverage", empty())
        .body("rows[0].key.source", is("google"))
        .body("rows[0].marketing.mqls", is(2));
  }

  /** Both MQLs came on 31 March, an hour before April began in Berlin. */
  @Test
  void leads_grow_by_months_of_the_zone() {
    report()
        .get("/scorecard?from=2026-04-01&to=2026-05-01&zone=UTC")
        .then()
        .statusCode(200)
        .body("total.marketing.leadVelocityRate", closeTo(-100, 1e-9));
    report()
        .get("/scorecard?from=2026-04-01&to=2026-05-01&zone=Asia/Tokyo")
        .then()
        .statusCode(200)
        .body("total.marketing.leadVelocityRate", nullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"velocity", "sla", "quality", "scorecard"})
  void every_report_is_a_table_too(String name) {
    report()
        .accept("text/csv")
        .get("/" + name + "?by=month,source&basis=period&passes=all&from=2026-03-01&to=2026-06-01")
        .then()
        .statusCode(200)
        .contentType(containsString("text/csv"))
        .body(startsWith("\"month\",\"source\","))
        .body(containsString("\"(total)\","));
    report().get("/" + name + "?bye=source").then().statusCode(422);
    as("sales").get("/" + name).then().statusCode(403);
  }

  @Test
  void everything_wrong_is_named_at_once() {
    report()
        .get("/funnel?from=yesterday&zone=Mars&by=colour&passes=some&withinDays=-1&bye=source")
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body(
            "errors.pointer", hasItems("/from", "/zone", "/by", "/passes", "/withinDays", "/bye"));
  }

  @ParameterizedTest
  @CsvSource({
    "report,200",
    "marketing,200",
    "sales-manager,200",
    "admin,200",
    "sales,403",
    "capture,403"
  })
  void reports_are_for_those_who_may_read_them(String role, int status) {
    as(role).get("/funnel").then().statusCode(status);
  }

  @Test
  void nobody_reads_without_a_key() {
    given().get("/funnel").then().statusCode(401);
  }

  @Test
  void a_lead_is_told_whole_and_explained() {
    report()
        .get("/journeys/" + ADA)
        .then()
        .statusCode(200)
        .body("state", is("won"))
        .body("counted", is(true))
        .body("key.source", is("google"))
        .body("key.seller", is("grace"))
        .body("passes", hasSize(1))
        .body("passes[0].stages.sal.how", is("explicit"))
        .body("facts", hasSize(7))
        .body("explained", hasItem(containsString("Pass 1 ended won")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000-0000-7000-8000-00000000ffff", "nobody"})
  void a_lead_that_nobody_knows_is_not_found(String lead) {
    report().get("/journeys/" + lead).then().statusCode(404);
  }

  @Test
  void an_admin_has_everything_folded_again_while_reports_go_on() {
    report().post("/rebuild").then().statusCode(403);
    int before = as("admin").get("/rebuild").then().statusCode(200).extract().path("generation");
    var restated = latestRestatement();

    as("admin").post("/rebuild").then().statusCode(202).body("state", is("building"));

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              report().get("/funnel").then().body("total.stages.captured.count", equalTo(4));
              report()
                  .get("/rebuild")
                  .then()
                  .body("generation", is(before + 1))
                  .body("state", is("idle"));
            });
    assertThat(latestRestatement()).isEqualTo(restated);
  }

  private static String latestRestatement() {
    return report().get("/restatements?limit=1").then().statusCode(200).extract().asString();
  }

  @Test
  void it_is_said_until_when_the_numbers_are_complete() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> report().get("/funnel").then().body("completeTo", notNullValue()));
    report()
        .get("/metrics")
        .then()
        .statusCode(200)
        .body(containsString("baton_conservation_difference 0.0"));
  }

  /** A word about Bob of a day that is long over, and what it is corrected to. */
  @Test
  void a_number_that_was_told_and_is_another_now_is_listed_with_its_event() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> report().get("/funnel").then().body("completeTo", notNullValue()));

    tell(rated(1, 4));
    restatedBy(1)
        .body("items[0].number.metric", is("ratings"))
        .body("items[0].number.of.rating", is("4"))
        .body("items[0].number.day", is("2026-04-02"))
        .body("items[0].number.key.source", is("google"))
        .body("items[0].number.key.campaign", nullValue())
        .body("items[0].from", is(0))
        .body("items[0].to", is(1))
        .body("items[0].by.type", is("lead-feedback"))
        .body("items[0].by.id", is(id(81).toString()))
        .body("items[0].by.leadId", is(BOB.toString()));
    tell(rated(2, 5));
    restatedBy(2)
        .body("items.number.of.rating", is(List.of("5", "4")))
        .body("items.from", is(List.of(0, 1)))
        .body("items.to", is(List.of(1, 0)));
    report()
        .get("/restatements?from=2026-04-02&to=2026-04-03&limit=1")
        .then()
        .body("items", hasSize(1))
        .body("next", notNullValue());
    report().get("/restatements?from=2026-04-02&to=2026-04-02").then().statusCode(422);
    report()
        .accept("text/csv")
        .get("/restatements?from=2026-04-02&to=2026-04-03&limit=1")
        .then()
        .statusCode(200)
        .contentType(containsString("text/csv"))
        .header("Link", containsString("cursor="))
        .body(startsWith("restatementId,heardAt,day,metric,of,label,source,"))
        .body(containsString(",2026-04-02,ratings,rating,5,google,,"))
        .body(containsString(",0,1,,1,lead-feedback," + id(81) + ",2," + BOB + ","));
  }

  @Test
  void restatements_are_forgotten_after_a_while() throws SQLException {
    try (var connection = database.getConnection();
        var insert = connection.createStatement()) {
      for (var heard : List.of("2001-01-01", "2001-01-02")) {
        insert.execute(
            "INSERT INTO restatement (heard_at, day, metric, label, amount, leads)"
                + " VALUES ('"
                + heard
                + "', '2000-12-31', 'ratings', '5', 1, 1)");
      }
    }
    var those = "/restatements?from=2000-12-31&to=2001-01-01";
    report().get(those).then().body("items", hasSize(2));

    int forgotten =
        restatements.forget(Instant.parse("2001-01-01T12:00:00Z")).await().atMost(SECONDS);

    assertThat(forgotten).isEqualTo(1);
    report().get(those).then().body("items.heardAt", is(List.of("2001-01-02T00:00:00.000Z")));
    restatements.forget(Instant.parse("2002-01-01T00:00:00Z")).await().atMost(SECONDS);
  }

  /** Of the day alone on which nothing else happened. */
  private static ValidatableResponse restatedBy(int revision) {
    var found = new AtomicReference<ValidatableResponse>();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                found.set(
                    report()
                        .get("/restatements?from=2026-04-02&to=2026-04-03&limit=2")
                        .then()
                        .statusCode(200)
                        .body("items[0].by.revision", is(revision))));
    return found.get();
  }

  private static void tell(Event event) {
    try (var said = new Said(Infrastructure.shared().bootstrapServers())) {
      said.say(event);
    }
  }

  private static ContentRequest wanted(long revision, RequestStep step) {
    return new ContentRequest(
        id(82), Instant.parse("2026-04-02T11:00:00Z"), 0, revision, step, "price", null, null);
  }

  private static LeadFeedback rated(long revision, int rating) {
    return new LeadFeedback(
        BOB,
        Instant.parse("2026-04-02T10:00:00Z"),
        0,
        id(81),
        revision,
        null,
        null,
        rating,
        List.of(),
        List.of("price"),
        List.of(),
        "grace");
  }

  @Test
  void a_meeting_has_its_week_before_it() {
    tell(rated(1, 4));
    tell(wanted(2, RequestStep.ACCEPTED));
    tell(wanted(1, RequestStep.REQUESTED));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                report()
                    .get("/meetings/2026-W14")
                    .then()
                    .statusCode(200)
                    .body("objections.objection", is(List.of("price")))
                    .body("objections.requested", is(List.of(1)))
                    .body("disputes.clause", is(List.of("reply"))));

    report()
        .get("/meetings/2026-W14")
        .then()
        .contentType(containsString("application/json"))
        .body("from", is("2026-03-30"))
        .body("to", is("2026-04-06"))
        .body("zone", is("UTC"))
        .body("over", is(true))
        .body("scorecard.marketing.mqls", is(2))
        .body("moved.find { it.number == 'mqls' }.lastWeek", is(0))
        .body("moved.find { it.number == 'mqls' }.thisWeek", is(2))
        .body("moved.find { it.number == 'mqls' }.because", hasSize(1))
        .body("promises.key.clause", hasItem("call"))
        .body("rejections[0].campaign", nullValue())
        .body("rejections[0].reasons[0].reason", is("spam"))
        .body("objections[0].thisWeek", is(1))
        .body("objections[0].covered", is(false))
        .body("disputes[0].owedBy", is("marketing"))
        .body("disputes[0].state", is("excused"))
        .body("goals", empty())
        .body("amendments", empty());
    report()
        .accept("text/html")
        .get("/meetings/2026-W14")
        .then()
        .statusCode(200)
        .contentType(containsString("text/html"))
        .body(containsString("<h2>Scorecard</h2>"));
    report()
        .accept("text/markdown")
        .get("/meetings/2026-W14")
        .then()
        .contentType(containsString("text/markdown"))
        .body(startsWith("# Marketing and sales, week 2026-W14"));
  }

  @Test
  void what_a_meeting_decides_is_carried_on_until_it_is_done() {
    var said =
        "{\"text\": \"Call within the hour\", \"owner\": \"grace\", \"due\": \"2026-03-20\"}";
    var first = decide(said).then().statusCode(201).extract();
    assertThat(decide(said).then().statusCode(201).extract().asString())
        .isEqualTo(first.asString());
    var here = "decisions.find { it.decisionId == '" + first.path("decisionId") + "' }.state";

    report().get("/meetings/2026-W11").then().body(here, is("overdue"));
    report().get("/meetings/2026-W10").then().body(here, nullValue());
    report().get("/meetings/2026-W13").then().body(here, is("overdue"));
    as("sales-manager")
        .post("/meetings/2026-W11/decisions/" + first.path("decisionId") + "/done")
        .then()
        .statusCode(200)
        .body("state", is("done"));
    report().get("/meetings/2026-W11").then().body(here, is("done"));
    var next = Week.of(LocalDate.now(ZoneOffset.UTC)).to();
    report().get("/meetings/" + Week.of(next).word()).then().body(here, nullValue());
  }

  private static Response decide(String said) {
    return as("marketing")
        .header("Idempotency-Key", "decided")
        .contentType("application/json")
        .body(said)
        .post("/meetings/2026-W11/decisions");
  }

  @Test
  void who_was_there_is_written_down_by_short_names() {
    as("sales-manager")
        .contentType("application/json")
        .body("{\"marketing\": [\"mia\"], \"sales\": [\"grace\", \"grace\"]}")
        .put("/meetings/2026-W12/attendance")
        .then()
        .statusCode(200);

    report()
        .get("/meetings/2026-W12")
        .then()
        .body("attendance.marketing", is(List.of("mia")))
        .body("attendance.sales", is(List.of("grace")));
    as("marketing")
        .contentType("application/json")
        .body("{\"marketing\": [\"mia@acme.example\", \"\"]}")
        .put("/meetings/2026-W12/attendance")
        .then()
        .statusCode(422)
        .body("errors.pointer", hasItems("/marketing/0", "/marketing/1"));
  }

  @Test
  void credit_goes_to_the_touches_of_deals() {
    report()
        .get("/attribution?model=first&by=channel,source")
        .then()
        .statusCode(200)
        .body("model", is("first"))
        .body("basis", is("period"))
        .body("scope", is("lead"))
        .body("cutOff", is("conversion"))
        .body("charters", is(List.of(0)))
        .body("by", is(List.of("channel", "source")))
        .body("rows", hasSize(2))
        .body("rows[0].key.channel", is("Direct"))
        .body("rows[0].key.source", is("google"))
        .body("rows[0].conversions", closeTo(1, 1e-9))
        .body("rows[0].revenue[0].amount", is("1250.50"))
        .body("rows[1].key.channel", nullValue())
        .body("rows[1].revenue", empty())
        .body("total.conversions", closeTo(2, 1e-9))
        .body("total.revenue[0].amount", is("1250.50"));
  }

  @Test
  void credit_by_a_chain_knows_those_who_won_nothing() {
    report()
        .get("/attribution?model=markov&source=google&from=2026-03-01&to=2026-05-01")
        .then()
        .statusCode(200)
        .body("rows", hasSize(1))
        .body("rows[0].key.channel", is("Direct"))
        .body("rows[0].removalEffect", closeTo(1, 1e-9))
        .body("rows[0].conversions", closeTo(1, 1e-9));
  }

  @Test
  void credit_is_a_table_as_well() {
    report()
        .accept("text/csv")
        .get("/attribution")
        .then()
        .statusCode(200)
        .contentType(containsString("text/csv"))
        .body(containsString("\"channel\",\"conversions\",\"revenueEUR\",\"completeTo\""));
  }

  @Test
  void everything_wrong_with_terms_of_credit_is_named_at_once() {
    report()
        .get(
            "/attribution?model=best&by=persona&basis=cohort&scope=company&lookBackDays=0"
                + "&halfLifeDays=x&withinDays=3&to=yesterday")
        .then()
        .statusCode(422)
        .body(
            "errors.pointer",
            hasItems(
                "/model",
                "/by",
                "/basis",
                "/scope",
                "/lookBackDays",
                "/halfLifeDays",
                "/withinDays",
                "/to"));
  }

  @Test
  void customers_are_counted_since_they_were_acquired() {
    report()
        .get("/retention?by=month")
        .then()
        .statusCode(200)
        .body("rows.key.month", is(List.of("2026-03", "2026-04")))
        .body("rows.customers", is(List.of(1, 1)))
        .body("total.customers", is(2))
        .body("total.repeat.rate", closeTo(0, 1e-9))
        .body("total.bins", empty());
  }

  @ParameterizedTest
  @CsvSource({
    "stage=won&source=google,1",
    "ended=rejected,2",
    "ended=open,4",
    "stage=won&basis=period&to=2026-03-31,3",
    "stage=sql&from=2026-04-01,none"
  })
  void the_leads_behind_a_number_are_found(String number, String lead) {
    var found = lead.equals("none") ? List.of() : List.of(id(Long.parseLong(lead)).toString());

    report().get("/leads?" + number).then().statusCode(200).body("items.leadId", is(found));
  }

  @Test
  void the_leads_behind_a_number_come_page_by_page() {
    var first = report().get("/leads?source=google&limit=1").then().statusCode(200).extract();

    assertThat(first.<List<String>>path("items.leadId")).containsExactly(ADA.toString());
    report()
        .get("/leads?source=google&cursor=" + first.path("next"))
        .then()
        .body("items.leadId", is(List.of(BOB.toString())))
        .body("next", nullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/attribution", "/retention", "/leads"})
  void reports_are_not_for_sellers(String report) {
    as("sales").get(report).then().statusCode(403);
  }

  private static RequestSpecification report() {
    return as("report");
  }

  private static RequestSpecification as(String role) {
    return given()
        .config(
            RestAssuredConfig.config()
                .jsonConfig(
                    JsonConfig.jsonConfig()
                        .numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE)))
        .header("Authorization", "Bearer " + Infrastructure.shared().key(role));
  }

  private static LeadCaptured captured(UUID lead, @Nullable String source, Instant at) {
    return Captured.of(lead, at)
        .touch(id(100 + lead.getLeastSignificantBits()))
        .from(source)
        .on("/pricing")
        .in("DE")
        .company(new Company("acme.example", 10, null, null))
        .told();
  }

  private static LeadQualified qualified(UUID lead, long pass, Instant at) {
    return Told.qualified(lead, pass, "buyer", "A", at);
  }

  private static LeadHandoff step(
      UUID lead,
      long handoff,
      long revision,
      HandoffStep step,
      Instant at,
      @Nullable String reason) {
    return Told.step(lead, handoff, handoff + 10, revision, step, at, reason);
  }

  private static SlaMet volumeOfMarch() {
    return Promised.in("volume", Side.MARKETING, MARCH, APRIL).kept(id(51), APRIL);
  }

  private static SlaBreach replyOfMarch(BreachStep step) {
    return Promised.in("reply", Side.MARKETING, MARCH, APRIL)
        .broken(id(52), step.ordinal() + 1L, step, APRIL);
  }

  private static SlaMet met(UUID lead, long handoff, Instant started) {
    return Promised.in("decide", Side.SALES, started, started.plus(Duration.ofDays(100)))
        .of(lead, id(handoff), id(handoff + 10))
        .by("grace", "north")
        .kept(id(41), started.plusSeconds(600));
  }

  private static SlaBreach breached(UUID lead, long handoff, Instant started) {
    return Promised.in("call", Side.SALES, started, started.plusSeconds(3_600))
        .of(lead, id(handoff), id(handoff + 10))
        .by("grace", "north")
        .broken(id(42), 1, BreachStep.BREACHED, started.plusSeconds(3_600));
  }
}
