package baton.reporting.spend;

import static baton.reporting.attribution.Told.id;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import baton.contracts.BreachStep;
import baton.contracts.Campaign;
import baton.contracts.Charter;
import baton.contracts.ContentRequest;
import baton.contracts.Event;
import baton.contracts.Json;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadQualified;
import baton.contracts.Money;
import baton.contracts.OutcomeResult;
import baton.contracts.RequestStep;
import baton.contracts.Side;
import baton.contracts.Spend;
import baton.contracts.SpendKind;
import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import baton.infrastructure.telling.Promised;
import baton.reporting.attribution.Told;
import baton.reporting.attribution.Whence;
import baton.reporting.calibration.Academy;
import baton.reporting.fold.Said;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A charter of Kiritimati, fourteen hours ahead of UTC: April there is from the 31st of March,
 * 10:00 UTC, to the 30th of April, 10:00 UTC.
 */
@QuarkusTest
@QuarkusTestResource(value = BatonTestResource.class, restrictToAnnotatedClass = true)
class RoiIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant AN_HOUR_INTO_MARCH_THE_LAST = Instant.parse("2026-03-31T09:30:00Z");
  private static final Instant APRIL = Instant.parse("2026-03-31T10:30:00Z");
  private static final Instant MID_APRIL = Instant.parse("2026-04-14T09:00:00Z");
  private static final String IN_APRIL = "from=2026-04-01&to=2026-05-01";
  private static final String IN_2025 = "from=2025-01-01&to=2026-01-01&leaveOut=fax";
  private static boolean told;

  @Inject AgroalDataSource database;

  private static final String CHARTER =
      """
      name: Far from Greenwich
      reportingCurrency: EUR
      rates: { USD: "0.50" }
      calendars:
        default: { zone: Pacific/Kiritimati, week: { mon: ["08:00-18:00"], tue: ["08:00-18:00"] } }
      personas: [ { id: all, name: All, when: 'true', ready: { score: 1 } } ]
      goals:
        - { id: revenue-april, metric: revenue, target: "1000.00", currency: EUR, from: 2026-04-01, to: 2026-05-01,
            children: [ { id: sourced, metric: sourced-revenue, target: "2500.00", currency: USD },
                        { id: won, metric: won, target: 4 },
                        { id: mql, metric: mql, target: 2, owners: [marketing] },
                        { id: captured, metric: captured, target: 8 },
                        { id: content, metric: content-delivered, target: 1 },
                        { id: spend, metric: spend, target: "700.00", currency: EUR },
                        { id: rate, metric: lead-to-customer-rate, target: 0.5 },
                        { id: acceptance, metric: acceptance, target: 0.8 },
                        { id: opportunities, metric: opportunity, target: 5 },
                        { id: pipeline, metric: pipeline, target: "1000.00", currency: EUR },
                        { id: promises, metric: sla-attainment, target: 0.9, owners: [sales] } ] }
      """;

  /**
   * Ada came too early for April; Bob and Cleo came by the spring campaign, were qualified and won;
   * Dora came by autumn's and bought though nobody had qualified her; Emil came by none. Deals were
   * opened for Bob, twice for Fay in April, and for Emil an hour before it.
   */
  @BeforeEach
  void it_is_told() {
    if (told) {
      return;
    }
    told = true;
    var events =
        List.<Event>of(
            charter(),
            campaign(
                "spring",
                2,
                "Paid Search",
                "google",
                media("2026-03-31", "999", "EUR"),
                media("2026-04-01", "200", "EUR"),
                new Spend(LocalDate.parse("2026-04-01"), money("100", "EUR"), SpendKind.OTHER),
                media("2026-04-30", "100", "USD"),
                media("2026-05-01", "999", "EUR")),
            campaign("spring", 1, "Email", "newsletter", media("2026-04-02", "7000", "EUR")),
            campaign("winter", 1, null, null, media("2026-04-05", "50", "GBP")),
            captured(1, "spring", AN_HOUR_INTO_MARCH_THE_LAST),
            captured(2, "spring", APRIL),
            qualified(2, APRIL.plusSeconds(60)),
            won(2, MID_APRIL, money("1000.00", "EUR")),
            captured(3, "spring", MID_APRIL),
            qualified(3, MID_APRIL.plusSeconds(60)),
            won(3, MID_APRIL.plusSeconds(120), money("500.00", "USD")),
            captured(4, "autumn", MID_APRIL),
            won(4, MID_APRIL.plusSeconds(60), money("9000", "JPY")),
            captured(5, null, MID_APRIL),
            opened(2, 611, APRIL.plusSeconds(120), money("900", "EUR"), "2026-04-20"),
            opened(5, 612, AN_HOUR_INTO_MARCH_THE_LAST, money("300", "EUR"), "2026-04-20"),
            captured(6, null, LONG_AGO),
            opened(6, 613, MID_APRIL, money("400", "USD"), "2026-04-30"),
            opened(6, 614, MID_APRIL.plusSeconds(60), money("700", "EUR"), "2026-05-01"),
            promised("call").of(id(2), null, null).kept(id(621), MID_APRIL),
            promised("call")
                .of(id(3), null, null)
                .broken(id(622), 1, BreachStep.BREACHED, MID_APRIL),
            promised("call")
                .of(id(4), null, null)
                .broken(id(623), 3, BreachStep.EXCUSED, MID_APRIL),
            promised("volume").kept(id(624), MID_APRIL),
            Promised.in("decide", Side.SALES, LONG_AGO, AN_HOUR_INTO_MARCH_THE_LAST)
                .kept(id(625), AN_HOUR_INTO_MARCH_THE_LAST),
            Promised.in("reply", Side.MARKETING, APRIL, MID_APRIL)
                .broken(id(626), 1, BreachStep.BREACHED, MID_APRIL),
            delivered(1, APRIL),
            delivered(1, MID_APRIL),
            delivered(2, AN_HOUR_INTO_MARCH_THE_LAST));
    try (var said = new Said(Infrastructure.shared().bootstrapServers())) {
      events.forEach(said::say);
      events.reversed().forEach(said::say);
    }
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                get("/roi?" + IN_APRIL)
                    .body("zone", is("Pacific/Kiritimati"))
                    .body("total.leads", is(4))
                    .body("total.mqls", is(2))
                    .body("total.customers", is(3))
                    .body("total.spend", hasSize(3))
                    .body("total.revenue", hasSize(2)));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                get("/goals")
                    .body("goals[0].children[4].actual", is(1))
                    .body("goals[0].children[8].actual", is(4))
                    .body("goals[0].children[10].actual", closeTo(2.0 / 3, 1e-9)));
  }

  @Test
  void a_campaigns_cost_and_return_stand_by_currency_and_in_the_charters() {
    get("/roi?by=campaign&" + IN_APRIL)
        .body("model", is("sourced"))
        .body("cost", is("loaded"))
        .body("basis", is("period"))
        .body("reportingCurrency", is("EUR"))
        .body("rates.EUR", is("1"))
        .body("rows.key.campaign", is(java.util.Arrays.asList("autumn", "spring", "winter", null)))
        .body("rows[1].spend", is(List.of(of("300.00", "EUR"), of("100.00", "USD"))))
        .body("rows[1].leads", is(2))
        .body("rows[1].mqls", is(2))
        .body("rows[1].sqls", is(2))
        .body("rows[1].customers", is(2))
        .body("rows[1].costPerLead", is(List.of(of("150.00", "EUR"), of("50.00", "USD"))))
        .body("rows[1].revenue", is(List.of(of("1000.00", "EUR"), of("500.00", "USD"))))
        .body("rows[1].roi[0].roi", closeTo(700.0 / 300, 1e-9)) // (1000 − 300) ÷ 300
        .body("rows[1].roi[1].roi", closeTo(4.0, 1e-9)) // (500 − 100) ÷ 100
        .body("rows[1].inReportingCurrency.spend", is("350.00")) // 300 + 100 × 0.50
        .body("rows[1].inReportingCurrency.revenue", is("1250.00"))
        .body("rows[1].inReportingCurrency.costPerCustomer", is("175.00"))
        .body("rows[1].inReportingCurrency.roi", closeTo(900.0 / 350, 1e-9));
  }

  @Test
  void without_leads_or_spend_there_is_no_cost_and_no_return() {
    get("/roi?by=campaign&" + IN_APRIL)
        .body("rows[0].spend", empty())
        .body("rows[0].costPerLead", empty())
        .body("rows[0].costPerMql", nullValue()) // an MQL that is only inferred is none
        .body("rows[0].customers", is(1))
        .body("rows[0].revenue", empty()) // nor is what it bought sourced
        .body("rows[0].inReportingCurrency.roi", nullValue())
        .body("rows[2].leads", is(0))
        .body("rows[2].costPerLead", nullValue())
        .body("rows[2].roi[0].roi", closeTo(-1.0, 1e-9))
        .body("rows[2].inReportingCurrency.spend", is("0.00"))
        .body("rows[2].inReportingCurrency.spendApart", is(List.of(of("50.00", "GBP"))));
  }

  @Test
  void media_alone_costs_less_than_all_it_took() {
    get("/roi?cost=media&campaign=spring&" + IN_APRIL)
        .body("cost", is("media"))
        .body("total.spend", is(List.of(of("200.00", "EUR"), of("100.00", "USD"))));
  }

  @Test
  void a_channels_spend_is_that_of_its_campaigns() {
    get("/roi?by=channel,month&from=2026-03-01&to=2026-06-01")
        .body("by", is(List.of("month", "channel")))
        .body(
            "rows.findAll { it.key.channel == 'Paid Search' }.key.month",
            is(List.of("2026-03", "2026-04", "2026-05")))
        .body(
            "rows.find { it.key.month == '2026-04' && it.key.channel == 'Paid Search' }.spend[0].amount",
            is("300.00"))
        .body("rows.find { it.key.month == '2026-03' }.leads", is(1));
  }

  @Test
  void another_model_credits_revenue_to_the_touches_that_it_says() {
    get("/roi?by=campaign&model=first&" + IN_APRIL)
        .body("model", is("first"))
        .body("rows[0].revenue", is(List.of(of("9000", "JPY")))) // whoever qualified whom
        .body("rows[1].revenue", is(List.of(of("1000.00", "EUR"), of("500.00", "USD"))))
        .body("rows[1].roi[1].roi", closeTo(4.0, 1e-9))
        .body("total.revenue", hasSize(3));
    report()
        .get("/roi?by=month&model=linear&" + IN_APRIL)
        .then()
        .statusCode(422)
        .body("errors.pointer", hasItems("/by"));
  }

  @Test
  void a_table_has_a_line_for_each_and_one_for_all() {
    report()
        .accept("text/csv")
        .get("/roi?by=campaign&" + IN_APRIL)
        .then()
        .statusCode(200)
        .contentType(containsString("text/csv"))
        .body(containsString("\"spendEUR\""))
        .body(containsString("\"spring\","))
        .body(containsString("\"300.00\""))
        .body(containsString("\"(total)\""));
  }

  @Test
  void what_spend_is_not_known_by_cannot_be_asked() {
    report()
        .get("/roi?by=persona&team=north&basis=cohort&cost=all&model=psychic&withinDays=3")
        .then()
        .statusCode(422);
    report()
        .get("/roi?by=persona&team=north&basis=cohort&cost=all&model=psychic")
        .then()
        .statusCode(422)
        .body("errors.pointer", hasItems("/by", "/team", "/basis", "/cost", "/model"));
    given()
        .header("Authorization", "Bearer " + Infrastructure.shared().key("sales"))
        .get("/roi")
        .then()
        .statusCode(403);
  }

  @Test
  void goals_tell_what_was_reached_in_the_charters_days() {
    get("/goals")
        .body("charters", is(List.of(7)))
        .body("zone", is("Pacific/Kiritimati"))
        .body("goals", hasSize(1))
        .body("goals[0].id", is("revenue-april"))
        .body("goals[0].actual", is(of("1250.00", "EUR"))) // 1000 + 500 × 0.50
        .body("goals[0].apart", is(List.of(of("9000", "JPY"))))
        .body("goals[0].pacing", closeTo(1.25, 1e-9))
        .body("goals[0].outlook", is("reached"))
        .body(
            "goals[0].children.id",
            is(
                List.of(
                    "sourced",
                    "won",
                    "mql",
                    "captured",
                    "content",
                    "spend",
                    "rate",
                    "acceptance",
                    "opportunities",
                    "pipeline",
                    "promises")))
        .body("goals[0].children[0].actual", is(of("2500.00", "USD"))) // 500 + 1000 ÷ 0.50
        .body("goals[0].children[0].apart", empty())
        .body("goals[0].children[1].actual", is(3))
        .body("goals[0].children[1].attained", closeTo(0.75, 1e-9))
        .body("goals[0].children[1].outlook", is("missed"))
        .body("goals[0].children[2].actual", is(2))
        .body("goals[0].children[2].owners", is(List.of("marketing")))
        .body("goals[0].children[3].actual", is(4))
        .body("goals[0].children[4].actual", is(1))
        .body("goals[0].children[5].actual", is(of("350.00", "EUR")))
        .body("goals[0].children[5].apart", is(List.of(of("50.00", "GBP"))))
        .body("goals[0].children[6].actual", closeTo(0.75, 1e-9))
        .body("goals[0].children[6].pacing", nullValue())
        .body("goals[0].children[7].actual", nullValue())
        .body("goals[0].children[7].outlook", is("missed"))
        // Bob's and Fay's, and Cleo's and Dora's, who bought without: Emil's is of March
        .body("goals[0].children[8].actual", is(4))
        .body("goals[0].children[8].attained", closeTo(0.8, 1e-9))
        .body("goals[0].children[8].pacing", closeTo(0.8, 1e-9))
        .body("goals[0].children[8].forecast", is(4))
        // Emil's 300 and Fay's 400 USD × 0.50; Bob's is won, Fay's other closes in May
        .body("goals[0].children[9].actual", is(of("500.00", "EUR")))
        // two kept, one broken, one excused; marketing's and that of March are none of these
        .body("goals[0].children[10].actual", closeTo(2.0 / 3, 1e-9));
    await() // how long leads take is looked up now and then
        .atMost(SOON)
        .untilAsserted(() -> get("/goals").body("goals[0].children[6].immature", is(false)));
  }

  @Test
  void how_goals_stand_is_kept_for_dashboards() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(goalsForDashboards())
                    .hasSize(12)
                    .startsWith(
                        "revenue-april 1250.00 1000.00 reached",
                        "sourced revenue-april 2500.00 2500.00 reached",
                        "won revenue-april 3.00 4.00 missed")
                    .contains("rate revenue-april 0.75 0.50 reached"));
  }

  private List<String> goalsForDashboards() throws SQLException {
    var goals = new ArrayList<String>();
    try (var connection = database.getConnection();
        var select = connection.createStatement();
        var rows =
            select.executeQuery(
                "SELECT concat_ws(' ', goal_id, parent, round(actual, 2), round(plan, 2), outlook)"
                    + " FROM report.goal ORDER BY ordinal")) {
      while (rows.next()) {
        goals.add(rows.getString(1));
      }
    }
    return goals;
  }

  @Test
  void goals_as_a_table_name_their_parent() {
    report()
        .accept("text/csv")
        .get("/goals")
        .then()
        .statusCode(200)
        .body(
            containsString(
                "\"mql\",\"revenue-april\",\"mql\",\"marketing\",2026-04-01,2026-05-01,,2,2,1,1,2,\"reached\""));
    report().get("/goals?form=1").then().statusCode(422).body("errors[0].pointer", is("/form"));
  }

  /**
   * A year before, a school: what its leads' outcomes say is learned from the events as they lie on
   * the topics, and what was told three days after the handover isn't.
   */
  @Test
  void outcomes_become_a_charter_that_can_be_proposed() throws IOException {
    var pupils = Academy.pupils(600);
    try (var said = new Said(Infrastructure.shared().bootstrapServers())) {
      for (var pupil : pupils) {
        pupil.events().forEach(said::say);
        said.say(pupil.verdict(pupil.at().plus(Duration.ofDays(3))));
      }
    }

    var answer =
        await()
            .atMost(SOON)
            .until(
                () -> get("/calibration?" + IN_2025).extract().asString(),
                said ->
                    JsonPath.from(said).getInt("leads.captured") == 600
                        && JsonPath.from(said).getInt("split.train.successes")
                                + JsonPath.from(said).getInt("split.test.successes")
                            == pupils.stream().filter(Academy.Pupil::won).count());

    var found = JsonPath.from(answer);
    assertThat(found.getInt("fitted.draft.leads")).isEqualTo(180);
    assertThat(found.getDouble("fitted.draft.auc.value")).isGreaterThan(0.65);
    assertThat(found.getDouble("fitted.today.auc.value")).isGreaterThan(0.5);
    assertThat(found.getList("fitted.fields.field"))
        .contains("source", "attributes.occupation", "attributes.visits", "touches.visit");
    assertThat(found.getList("leftOut.findAll { it.field == 'attributes.verdict' }.why"))
        .isEqualTo(List.of("written after the handover: of 600 leads first then, of 0 before"));
    assertThat(Agreement.of(Json.mapper().readTree(answer).path("draft")))
        .isInstanceOf(Read.Good.class);
    report()
        .accept("text/csv")
        .get("/calibration?" + IN_2025)
        .then()
        .statusCode(200)
        .body(containsString("\"decile\",\"leads\""));
    report()
        .get("/calibration?by=source&outcome=lost&country=DE")
        .then()
        .statusCode(422)
        .body("errors.pointer", hasItems("/by", "/outcome", "/country"));
  }

  /** While nobody gets at the journeys, one of two is under way and the other is told to wait. */
  @ParameterizedTest
  @ValueSource(strings = {"/calibration", "/what-if"})
  void one_works_on_all_leads_at_a_time(String path) throws Exception {
    try (var one = HttpClient.newHttpClient();
        var other = HttpClient.newHttpClient()) {
      CompletableFuture<HttpResponse<String>> first;
      CompletableFuture<HttpResponse<String>> second;
      try (var lock = database.getConnection()) {
        holdJourneys(lock);
        first = one.sendAsync(asking(path), BodyHandlers.ofString());
        second = other.sendAsync(asking(path), BodyHandlers.ofString());

        var refused = first.applyToEither(second, response -> response).get(20, TimeUnit.SECONDS);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertThat(first.isDone() && second.isDone()).isFalse();
        lock.rollback();
      }
      assertThat(List.of(first.join().statusCode(), second.join().statusCode()))
          .containsExactlyInAnyOrder(200, 429);
    }
  }

  /** A draft that is refused is only read by who has the place: 429 before, 422 after. */
  @Test
  void a_replay_whose_client_is_gone_leaves_its_place_to_others() throws Exception {
    try (var lock = database.getConnection()) {
      holdJourneys(lock);
      try (var client = HttpClient.newHttpClient()) {
        var asked = client.sendAsync(asking("/what-if"), BodyHandlers.ofString());
        await()
            .atMost(SOON)
            .untilAsserted(() -> assertThat(statusOfADraftThatSaysNothing()).isEqualTo(429));

        client.shutdownNow();

        await()
            .atMost(Duration.ofSeconds(5))
            .untilAsserted(() -> assertThat(statusOfADraftThatSaysNothing()).isEqualTo(422));
        assertThat(asked).isCompletedExceptionally();
      }
      lock.rollback();
    }
  }

  private static void holdJourneys(Connection lock) throws SQLException {
    lock.setAutoCommit(false);
    try (var statement = lock.createStatement()) {
      statement.execute("LOCK TABLE journey_0, journey_1 IN ACCESS EXCLUSIVE MODE");
    }
  }

  private static int statusOfADraftThatSaysNothing() {
    return report().contentType("application/json").body("{}").post("/what-if").statusCode();
  }

  private static HttpRequest asking(String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
            .header("Authorization", "Bearer " + Infrastructure.shared().key("report"))
            .header("Accept", "application/json");
    return path.equals("/what-if")
        ? request
            .header("Content-Type", "application/yaml")
            .POST(BodyPublishers.ofString(CHARTER))
            .build()
        : request.build();
  }

  private static ValidatableResponse get(String path) {
    return report().get(path).then().statusCode(200);
  }

  private static RequestSpecification report() {
    return given()
        .config(
            RestAssuredConfig.config()
                .jsonConfig(
                    JsonConfig.jsonConfig()
                        .numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE)))
        .header("Authorization", "Bearer " + Infrastructure.shared().key("report"));
  }

  private static Map<String, String> of(String amount, String currency) {
    return Map.of("amount", amount, "currency", currency);
  }

  private static Money money(String amount, String currency) {
    return new Money(new BigDecimal(amount), currency);
  }

  private static Spend media(String day, String amount, String currency) {
    return new Spend(LocalDate.parse(day), money(amount, currency), null);
  }

  private static Campaign campaign(
      String id, long revision, @Nullable String channel, @Nullable String source, Spend... spend) {
    return new Campaign(
        id,
        LONG_AGO,
        0,
        revision,
        false,
        id,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(spend),
        channel,
        source,
        List.of(),
        null,
        null,
        List.of());
  }

  private static Charter charter() {
    return switch (Agreement.read(CHARTER.getBytes(UTF_8), Form.YAML)) {
      case Read.Good(var agreement) ->
          new Charter(
              7, LONG_AGO, 0, agreement.contentHash(), LONG_AGO, List.of(), agreement.document());
      case Read.Faulty(var faults) -> throw new AssertionError(faults);
    };
  }

  private static LeadCaptured captured(long lead, @Nullable String campaign, Instant at) {
    return Told.captured(
        id(lead), 100 + lead, new Whence("google", "cpc", "Paid Search", campaign), at);
  }

  private static LeadQualified qualified(long lead, Instant at) {
    return Told.qualified(id(lead), 200 + lead, null, null, at);
  }

  private static LeadOutcome won(long lead, Instant at, Money amount) {
    return Told.outcome(id(lead), id(300 + lead), OutcomeResult.WON, amount, at);
  }

  private static LeadOutcome opened(
      long lead, long outcome, Instant at, Money amount, String close) {
    return new LeadOutcome(
        id(lead),
        at,
        0,
        id(outcome),
        1,
        null,
        OutcomeResult.OPPORTUNITY,
        amount,
        LocalDate.parse(close),
        null,
        "grace",
        null,
        List.of());
  }

  private static Promised promised(String clause) {
    return Promised.in(clause, Side.SALES, APRIL, MID_APRIL);
  }

  private static ContentRequest delivered(long request, Instant at) {
    return new ContentRequest(id(400 + request), at, 0, 2, RequestStep.DELIVERED, null, null, null);
  }
}
