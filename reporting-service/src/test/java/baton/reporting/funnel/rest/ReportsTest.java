package baton.reporting.funnel.rest;

import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Goal;
import baton.contracts.Event;
import baton.contracts.Side;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Dimension;
import baton.reporting.funnel.Period;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Story;
import baton.reporting.funnel.Tables;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.funnel.rest.ScorecardLayout.Growth;
import baton.reporting.money.Rates;
import baton.reporting.verdict.Promised;
import baton.reporting.verdict.Verdicts.Due;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every number on lives so few that a person can work it out; the result stands in the test. */
class ReportsTest {
  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
  private static final Map<String, String> OWES =
      Map.of("decide", "decision", "call", "first-attempt", "five", "attempts", "rate", "feedback");

  // ---- velocity

  @Test
  void speed_to_lead_begins_with_the_touch_that_qualified_it() {
    var velocity =
        velocity(
            Story.captured("2026-03-02T08:00:00Z")
                .touched("2026-03-03T09:00:00Z")
                .qualified("2026-03-03T09:00:05Z")
                .touched("2026-03-03T09:30:00Z")
                .offered("2026-03-03T09:01:00Z")
                .attempted("2026-03-03T09:42:00Z")
                .attempted("2026-03-04T09:42:00Z"));

    about(velocity.at("/speedToLead/wall/p50"), Duration.ofMinutes(42));
    about(velocity.at("/firstAttempt/p50"), Duration.ofMinutes(41));
    about(velocity.at("/assignment/p50"), Duration.ofSeconds(55));
    about(velocity.at("/stages/mql/p50"), Duration.ofHours(25));
  }

  @Test
  void leads_never_touched_stand_as_the_slowest() {
    var velocity =
        velocity(
            touchedAfter(1),
            touchedAfter(2),
            touchedAfter(3),
            Story.captured("2026-03-02T08:00:00Z")
                .qualified("2026-03-02T08:00:00Z")
                .offered("2026-03-02T08:00:00Z"));

    var wall = velocity.at("/speedToLead/wall");
    about(wall.path("p50"), Duration.ofHours(2));
    assertThat(wall.path("p90").isNull()).isTrue();
    assertThat(wall.path("count").asLong()).isEqualTo(3);
    assertThat(wall.path("never").asLong()).isEqualTo(1);
  }

  @Test
  void without_leads_there_is_no_percentile() {
    var velocity = velocity();

    assertThat(velocity.at("/speedToLead/wall/p50").isNull()).isTrue();
    assertThat(velocity.at("/speedToLead/wall/count").asLong()).isZero();
  }

  @Test
  void what_came_before_it_began_took_no_time() {
    var velocity =
        velocity(
            Story.captured("2026-03-02T08:00:00Z")
                .qualified("2026-03-02T08:00:00Z")
                .offered("2026-03-02T08:10:00Z")
                .attempted("2026-03-02T08:05:00Z"));

    assertThat(velocity.at("/firstAttempt/p50").asText()).isEqualTo("PT0S");
  }

  @Test
  void inferred_times_are_no_times() {
    var velocity =
        velocity(
            Story.captured("2026-03-02T08:00:00Z")
                .qualified("2026-03-02T09:00:00Z")
                .won("2026-03-05T09:00:00Z", null, "EUR"));

    about(velocity.at("/stages/mql/p50"), Duration.ofHours(1));
    assertThat(velocity.at("/stages/sal/count").asLong()).isZero();
    assertThat(velocity.at("/stages/won/count").asLong()).isZero();
  }

  @Test
  void contact_and_decision_count_from_the_offer() {
    var velocity =
        velocity(
            Story.captured("2026-03-02T08:00:00Z")
                .qualified("2026-03-02T08:00:00Z")
                .offered("2026-03-02T09:00:00Z")
                .attempted("2026-03-02T09:30:00Z")
                .connected("2026-03-02T12:00:00Z")
                .accepted("2026-03-03T09:00:00Z")
                .verified("2026-03-04T09:00:00Z")
                .won("2026-03-14T09:00:00Z", null, "EUR"));

    about(velocity.path("contact").path("p50"), Duration.ofHours(3));
    about(velocity.path("decision").path("p50"), Duration.ofHours(24));
    about(velocity.at("/stages/sal/p50"), Duration.ofHours(25));
    about(velocity.at("/stages/sql/p50"), Duration.ofHours(24));
    about(velocity.at("/stages/won/p50"), Duration.ofDays(10));
  }

  @Test
  void a_lead_of_two_passes_is_told_by_any_the_first_or_all_of_them() {
    var story =
        Story.captured("2026-03-02T08:00:00Z")
            .qualified("2026-03-02T08:00:00Z")
            .offered("2026-03-02T08:00:00Z")
            .returned("2026-03-02T09:00:00Z", "timing")
            .qualified("2026-03-20T08:00:00Z")
            .offered("2026-03-20T08:00:00Z")
            .attempted("2026-03-20T08:10:00Z");

    var counts =
        Stream.of(WhichPasses.ANY, WhichPasses.FIRST, WhichPasses.ALL)
            .map(passes -> total(new VelocityLayout(), asked(passes), story).at("/firstAttempt"))
            .map(told -> told.path("count").asInt() + "+" + told.path("never").asInt())
            .toList();

    assertThat(counts).containsExactly("1+0", "0+1", "1+1");
  }

  /** 30 March, 22:30 UTC is 31 March in Kiritimati (+14), and so is 31 March, 09:00 UTC. */
  @Test
  void a_month_ends_when_it_does_in_the_zone_asked_for() {
    var stories =
        new Story[] {
          qualifiedAt("2026-03-31T09:59:59Z"), qualifiedAt("2026-03-31T10:00:00Z"),
        };
    var question =
        new Question(
            Basis.PERIOD,
            WhichPasses.ANY,
            null,
            null,
            ZoneId.of("Pacific/Kiritimati"),
            null,
            List.of(),
            Period.MONTH,
            Map.of());

    var rows = answer(new VelocityLayout(), question, stories).path("rows");

    assertThat(rows.findValuesAsText("month")).containsExactly("2026-03", "2026-04");
  }

  /** Clocks go forward on 29 March 2026 in Berlin: that day has 23 hours. */
  @Test
  void the_day_of_a_change_of_clocks_is_a_day() {
    var question =
        new Question(
            Basis.PERIOD,
            WhichPasses.ANY,
            LocalDate.parse("2026-03-29"),
            LocalDate.parse("2026-03-30"),
            ZoneId.of("Europe/Berlin"),
            null,
            List.of(),
            null,
            Map.of());

    var total =
        total(
            new VelocityLayout(),
            question,
            qualifiedAt("2026-03-28T22:59:59Z"),
            qualifiedAt("2026-03-28T23:00:00Z"),
            qualifiedAt("2026-03-29T21:59:59Z"),
            qualifiedAt("2026-03-29T22:00:00Z"));

    assertThat(total.at("/speedToLead/wall/never").asInt()).isEqualTo(2);
  }

  // ---- promises

  @Test
  void attainment_is_told_with_and_without_the_excused() {
    var sla =
        sla(
            asked(WhichPasses.ANY),
            offered().met("decide", "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z"),
            offered().met("decide", "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z"),
            offered().breached("decide", "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z"),
            offered().breached("decide", "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z", true));

    var row = sla.path("rows").path(0);
    assertThat(row.at("/key/clause").asText()).isEqualTo("decide");
    assertThat(row.path("owedBy").asText()).isEqualTo("sales");
    assertThat(row.path("met").asInt()).isEqualTo(2);
    assertThat(row.path("breached").asInt()).isEqualTo(1);
    assertThat(row.path("excused").asInt()).isEqualTo(1);
    assertThat(row.path("attainment").asDouble()).isEqualTo(2.0 / 3);
    assertThat(row.path("attainmentWithExcused").asDouble()).isEqualTo(0.5);
    assertThat(sla.at("/total/sales/met").asInt()).isEqualTo(2);
    assertThat(sla.at("/total/marketing/attainment").isNull()).isTrue();
  }

  @Test
  void an_open_promise_past_due_is_broken_and_one_not_yet_due_is_left_out() {
    var sla =
        sla(
            asked(WhichPasses.ANY),
            started("2026-04-30T23:59:59.999Z"),
            started("2026-05-01T00:00:00Z"),
            started("2026-05-02T00:00:00Z"));

    var row = sla.path("rows").path(0);
    assertThat(row.path("breached").asInt()).isEqualTo(1);
    assertThat(row.path("open").asInt()).isEqualTo(2);
    assertThat(row.path("attainment").asDouble()).isZero();
  }

  /** 120 of 2 × 100 MQLs; one month kept, one excused. */
  @Test
  void a_promise_of_a_number_shows_what_was_delivered_of_it() {
    var march = Instant.parse("2026-03-31T22:00:00Z");
    var mqls = new Promised("volume", Side.MARKETING);
    var told =
        OfNoLead.of(
                mqls,
                null,
                List.of(
                    new Due(mqls, march, 1, 0, 0), new Due(mqls, march.plusSeconds(9), 0, 0, 1)))
            .delivering(120, 200);
    var layout = new SlaLayout(NOW, OWES::get, List.of(told));

    var sla =
        layout.with(
            ReportJson.of(
                Tables.report(List.of(), asked(WhichPasses.ANY), layout.numbers()), layout));

    assertThat(sla.at("/rows/0/key/clause").asText()).isEqualTo("volume");
    assertThat(sla.at("/rows/0/deliveredOfPromised").asDouble()).isEqualTo(0.6);
    assertThat(sla.at("/rows/0/attainment").asDouble()).isEqualTo(1.0);
    assertThat(sla.at("/total/marketing/attainmentWithExcused").asDouble()).isEqualTo(0.5);
  }

  @Test
  void a_clock_that_was_judged_is_open_no_more() {
    var sla =
        sla(
            asked(WhichPasses.ANY),
            started("2026-03-03T08:00:00Z")
                .met("decide", "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z"));

    assertThat(sla.at("/rows/0/met").asInt()).isEqualTo(1);
    assertThat(sla.at("/rows/0/breached").asInt()).isZero();
  }

  @Test
  void an_overrun_lasts_until_what_was_owed_was_done() {
    var due = "2026-03-03T08:00:00Z";
    var sla =
        sla(
            asked(WhichPasses.ANY),
            offered()
                .breached("decide", "2026-03-02T08:00:00Z", due)
                .attempted("2026-03-03T09:00:00Z")
                .accepted("2026-03-03T18:00:00Z"),
            offered().breached("decide", "2026-03-02T08:00:00Z", due));

    var overrun = sla.at("/rows/0/overrun");
    about(overrun.path("p50"), Duration.ofHours(10));
    assertThat(overrun.path("p90").isNull()).isTrue();
  }

  @Test
  void a_broken_promise_is_its_own_sellers_not_the_last_holders() {
    var question =
        new Question(
            Basis.COHORT,
            WhichPasses.ANY,
            null,
            null,
            ZoneId.of("UTC"),
            null,
            List.of(Dimension.SELLER),
            null,
            Map.of());
    var sla =
        sla(
            question,
            offered()
                .breached("decide", "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z")
                .reassigned("2026-03-03T09:00:00Z", "alan")
                .met("decide", "2026-03-03T09:00:00Z", "2026-03-04T09:00:00Z"));

    assertThat(sla.path("rows").findValuesAsText("seller")).containsExactly("alan", "grace");
    assertThat(sla.at("/rows/0/met").asInt()).isEqualTo(1);
    assertThat(sla.at("/rows/1/breached").asInt()).isEqualTo(1);
  }

  // ---- quality

  @Test
  void rejection_is_of_those_explicitly_decided_and_silence_is_no_decision() {
    var quality =
        total(
            new QualityLayout(),
            asked(WhichPasses.ANY),
            offered().accepted("2026-03-02T10:00:00Z"),
            offered().rejected("2026-03-02T10:00:00Z", "spam"),
            offered().rejected("2026-03-02T10:00:00Z", "spam"),
            offered().rejected("2026-03-02T10:00:00Z", null),
            offered().deemedAccepted("2026-03-03T10:00:00Z"),
            offered());

    assertThat(quality.at("/rejected/count").asInt()).isEqualTo(3);
    assertThat(quality.at("/rejected/rate").asDouble()).isEqualTo(0.75);
    assertThat(quality.at("/rejected/reasons/0/reason").isNull()).isTrue();
    assertThat(quality.at("/rejected/reasons/1/reason").asText()).isEqualTo("spam");
    assertThat(quality.at("/rejected/reasons/1/rate").asDouble()).isEqualTo(0.5);
  }

  @Test
  void ratings_and_score_bands_stand_beside_the_outcome() {
    var quality =
        total(
            new QualityLayout(),
            asked(WhichPasses.ANY),
            scored("69.99")
                .verified("2026-03-03T08:00:00Z")
                .won("2026-03-09T08:00:00Z", null, "EUR"),
            scored("60")
                .lost("2026-03-09T08:00:00Z", null, "EUR")
                .rated("2026-03-09T09:00:00Z", 2, "timing"),
            scored("70").rated("2026-03-09T09:00:00Z", 5));

    assertThat(quality.at("/ratings/mean").asDouble()).isEqualTo(3.5);
    assertThat(quality.at("/ratings/reasons/0/reason").asText()).isEqualTo("timing");
    assertThat(quality.at("/bands").findValuesAsText("band")).containsExactly("60", "70");
    assertThat(quality.at("/bands/0/count").asInt()).isEqualTo(2);
    assertThat(quality.at("/bands/0/won").asInt()).isEqualTo(1);
    assertThat(quality.at("/bands/0/lost").asInt()).isEqualTo(1);
    assertThat(quality.at("/bands/0/sqlRate").asDouble()).isEqualTo(0.5);
    assertThat(quality.at("/bands/1/open").asInt()).isEqualTo(1);
  }

  // ---- scorecard

  @Test
  void acceptance_is_explicit_and_deemed_and_open_stand_beside_it() {
    var card =
        card(
            null,
            offered().accepted("2026-03-02T10:00:00Z"),
            offered().accepted("2026-03-02T10:00:00Z"),
            offered().rejected("2026-03-02T10:00:00Z", "spam"),
            offered().deemedAccepted("2026-03-03T10:00:00Z"),
            offered(),
            Story.captured("2026-03-02T08:00:00Z").won("2026-03-05T08:00:00Z", null, "EUR"));

    var acceptance = card.at("/marketing/acceptance");
    assertThat(acceptance.path("rate").asDouble()).isEqualTo(2.0 / 3);
    assertThat(acceptance.path("deemed").asInt()).isEqualTo(1);
    assertThat(acceptance.path("open").asInt()).isEqualTo(1);
    assertThat(card.at("/marketing/mqls").asInt()).isEqualTo(5);
  }

  @Test
  void a_returned_pass_is_recycled_and_a_later_one_may_yield() {
    var card =
        card(
            null,
            Story.captured("2026-03-02T08:00:00Z")
                .qualified("2026-03-02T08:00:00Z")
                .offered("2026-03-02T08:00:00Z")
                .returned("2026-03-03T08:00:00Z", "timing")
                .qualified("2026-03-20T08:00:00Z")
                .offered("2026-03-20T08:00:00Z")
                .verified("2026-03-21T08:00:00Z"),
            Story.captured("2026-03-02T08:00:00Z")
                .qualified("2026-03-02T08:00:00Z")
                .offered("2026-03-02T08:00:00Z")
                .rejected("2026-03-03T08:00:00Z", "spam")
                .qualified("2026-03-20T08:00:00Z"));

    assertThat(card.at("/sales/recycle/returned").asInt()).isEqualTo(1);
    assertThat(card.at("/sales/recycle/ended").asInt()).isEqualTo(2);
    assertThat(card.at("/sales/recycle/rate").asDouble()).isEqualTo(0.5);
    assertThat(card.at("/marketing/reMqlYield/again").asInt()).isEqualTo(2);
    assertThat(card.at("/marketing/reMqlYield/rate").asDouble()).isEqualTo(0.5);
  }

  @Test
  void hops_and_the_ignored_are_counted_of_what_was_offered() {
    var card =
        card(
            null,
            offered()
                .reassigned("2026-03-02T09:00:00Z", "alan")
                .reassigned("2026-03-02T10:00:00Z", "grace")
                .attempted("2026-03-02T11:00:00Z"),
            offered().breached("decide", "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z"),
            offered(),
            Story.captured("2026-03-02T08:00:00Z"));

    assertThat(card.at("/sales/ownerHops/hops").asInt()).isEqualTo(2);
    assertThat(card.at("/sales/ownerHops/perPass").asDouble()).isEqualTo(2.0 / 3);
    assertThat(card.at("/sales/ignored/count").asInt()).isEqualTo(1);
    assertThat(card.at("/sales/ignored/rate").asDouble()).isEqualTo(1.0 / 3);
  }

  @Test
  void persistence_and_feedback_are_kept_promises_of_those_due() {
    var card =
        card(
            null,
            offered()
                .met("five", "2026-03-02T08:00:00Z", "2026-03-16T08:00:00Z")
                .breached("rate", "2026-03-02T08:00:00Z", "2026-03-04T08:00:00Z"),
            offered()
                .breached("five", "2026-03-02T08:00:00Z", "2026-03-16T08:00:00Z")
                .breached("rate", "2026-03-02T08:00:00Z", "2026-03-04T08:00:00Z"));

    assertThat(card.at("/sales/attemptsCompliance/attainment").asDouble()).isEqualTo(0.5);
    assertThat(card.at("/sales/feedbackCompleteness/attainment").asDouble()).isZero();
  }

  @Test
  void nothing_at_all_makes_no_ratio() {
    var card = card(null);

    for (var ratio :
        List.of(
            "/marketing/leadVelocityRate",
            "/marketing/acceptance/rate",
            "/marketing/rejected/rate",
            "/marketing/reMqlYield/rate",
            "/sales/ownerHops/perPass",
            "/sales/ignored/rate",
            "/sales/attemptsCompliance/attainment",
            "/sales/recycle/rate",
            "/both/leadToCustomer/rate",
            "/both/winRate/byCount",
            "/both/cycle/fromCaptured")) {
      assertThat(card.at(ratio).isNull()).as(ratio).isTrue();
    }
    assertThat(card.at("/both/leakage")).isEmpty();
    assertThat(card.at("/both/pipelineVelocity/perDay")).isEmpty();
  }

  @Test
  void lead_velocity_is_growth_in_per_cent_and_none_where_there_was_nothing() {
    assertThat(new Growth.Counted(40, 50).rate()).isEqualTo(25.0);
    assertThat(new Growth.Counted(40, 0).rate()).isEqualTo(-100.0);
    assertThat(new Growth.Counted(0, 50).rate()).isNull();
  }

  /**
   * Won 100 and 300 EUR, 50 USD and 900 BRL; lost 400 EUR, 150 USD and one of no amount. With 1 USD
   * = 0.5 EUR and no rate for BRL: (400 + 25) ÷ (800 + 100).
   */
  @Test
  void win_rate_is_by_count_and_by_value_of_three_currencies() {
    var card =
        card(
            euros(Map.of("EUR", BigDecimal.ONE, "USD", new BigDecimal("0.5"))),
            deal().won("2026-03-10T08:00:00Z", "100", "EUR"),
            deal().won("2026-03-10T08:00:00Z", "300", "EUR"),
            deal().won("2026-03-10T08:00:00Z", "50", "USD"),
            deal().won("2026-03-10T08:00:00Z", "900", "BRL"),
            deal().lost("2026-03-10T08:00:00Z", "400", "EUR"),
            deal().lost("2026-03-10T08:00:00Z", "150", "USD"),
            deal().lost("2026-03-10T08:00:00Z", null, "EUR"));

    var rate = card.at("/both/winRate");
    assertThat(rate.path("byCount").asDouble()).isEqualTo(4.0 / 7);
    assertThat(rate.path("byValue").findValuesAsText("currency"))
        .containsExactly("BRL", "EUR", "USD");
    assertThat(rate.path("byValue").findValuesAsText("rate")).containsExactly("1.0", "0.5", "0.25");
    assertThat(rate.path("byValueInOne").asDouble())
        .isCloseTo(425.0 / 900, Percentage.withPercentage(1e-9));
    assertThat(card.at("/both/leadToCustomer/rate").asDouble()).isEqualTo(4.0 / 7);
    assertThat(card.at("/both/revenueInOne/amount").asText()).isEqualTo("425.00");
    assertThat(card.at("/both/revenueInOne/withoutRate/0/amount").asText()).isEqualTo("900.00");
  }

  /** Two open, mean deal 200, one of two won, median cycle ten days: 2 × ½ × 200 ÷ 10. */
  @Test
  void pipeline_velocity_is_what_open_deals_bring_a_day() {
    var card =
        card(
            null,
            deal().won("2026-03-12T08:00:00Z", "200", "EUR"),
            deal().lost("2026-03-12T08:00:00Z", "70", "EUR"),
            deal().opportunity("2026-03-12T08:00:00Z", "500", "EUR", "2026-06-01"),
            deal().opportunity("2026-03-12T08:00:00Z", "900", "EUR", "2026-07-01"));

    assertThat(card.at("/both/pipelineVelocity/open").asInt()).isEqualTo(2);
    assertThat(card.at("/both/pipelineVelocity/perDay/0/amount").asDouble())
        .isCloseTo(20, Percentage.withPercentage(1));
    about(card.at("/both/cycle/fromCaptured"), Duration.ofDays(10));
  }

  /** An opportunity that was won afterwards is open no more. */
  @Test
  void a_deal_that_closed_is_not_open() {
    var card =
        card(
            null,
            deal()
                .opportunity("2026-03-12T08:00:00Z", "500", "EUR", "2026-06-01")
                .won("2026-03-20T08:00:00Z", "450", "EUR"));

    assertThat(card.at("/both/pipelineVelocity/open").asInt()).isZero();
  }

  @Test
  void open_deals_cover_what_the_goal_still_misses() {
    var goal =
        new Goal(
            "q2",
            "revenue",
            new BigDecimal("1000"),
            java.util.Currency.getInstance("EUR"),
            LocalDate.parse("2026-04-01"),
            LocalDate.parse("2026-07-01"),
            Set.of(Side.SALES),
            List.of());
    var euro = euros(Map.of("EUR", BigDecimal.ONE));

    var covered =
        ScorecardResource.covered(
            goal, euro, Map.of("EUR", new BigDecimal("400")), Map.of("EUR", new BigDecimal("900")));
    var reached =
        ScorecardResource.covered(
            goal,
            euro,
            Map.of("EUR", new BigDecimal("1000")),
            Map.of("EUR", new BigDecimal("900"), "BRL", new BigDecimal("5")));

    assertThat(covered.path("coverage").asDouble()).isEqualTo(1.5);
    assertThat(reached.path("coverage").isNull()).isTrue();
    assertThat(reached.at("/expected/withoutRate/0/currency").asText()).isEqualTo("BRL");
  }

  /**
   * In tier A of ten answered in time five were won, of ten answered late two; a deal brought 100.
   * Newcombe's interval of 0.3 from Wilson's (0.2366, 0.7634) and (0.0567, 0.5098).
   */
  @Test
  void leakage_is_told_by_tier_with_its_interval() {
    var stories = new ArrayList<Story>();
    for (int i = 0; i < 10; i++) {
      stories.add(answered("A", false, i < 5));
      stories.add(answered("A", true, i < 2));
    }
    stories.add(answered("B", false, true));

    var leakage = card(null, stories.toArray(Story[]::new)).at("/both/leakage");

    var a = leakage.path(0);
    assertThat(a.path("tier").asText()).isEqualTo("A");
    assertThat(a.path("late").asInt()).isEqualTo(10);
    assertThat(a.path("conversionLate").asDouble()).isEqualTo(0.2);
    assertThat(a.path("conversionInTime").asDouble()).isEqualTo(0.5);
    assertThat(a.path("low").asDouble())
        .isCloseTo(0.3 - Math.hypot(0.5 - 0.23659, 0.50984 - 0.2), Percentage.withPercentage(0.1));
    assertThat(a.path("high").asDouble())
        .isCloseTo(0.3 + Math.hypot(0.76341 - 0.5, 0.2 - 0.05668), Percentage.withPercentage(0.1));
    assertThat(a.at("/cost/0/amount").asText()).isEqualTo("300.00");
    assertThat(leakage.path(1).path("difference").isNull()).isTrue();
  }

  // ---- tables

  @Test
  void a_report_is_a_table_too_safe_to_open() {
    var lives = List.of(Story.captured("2026-03-02T08:00:00Z", "=cmd()", null).events());
    var question =
        new Question(
            Basis.COHORT,
            WhichPasses.ANY,
            null,
            null,
            ZoneId.of("UTC"),
            null,
            List.of(Dimension.SOURCE),
            null,
            Map.of());
    var layout = scorecard(null);

    var csv =
        ReportCsv.of(ReportJson.of(Tables.report(lives, question, layout.numbers()), layout))
            .split("\r\n");

    assertThat(csv[0]).startsWith("\"source\",\"marketingMqls\",\"marketingLeadVelocityRate\"");
    assertThat(csv[0]).contains(",\"bothWinRateByCount\",").endsWith(",\"completeTo\"");
    assertThat(csv[1]).startsWith("\"'=cmd()\",0,,0,0,,");
    assertThat(csv[2]).startsWith("\"(total)\",0,,");
  }

  // ---- lives

  private static Story touchedAfter(int hours) {
    return Story.captured("2026-03-02T08:00:00Z")
        .qualified("2026-03-02T08:00:00Z")
        .offered("2026-03-02T08:00:00Z")
        .attempted("2026-03-02T%02d:00:00Z".formatted(8 + hours));
  }

  private static Story qualifiedAt(String at) {
    return Story.captured("2026-03-01T00:00:00Z").qualified(at);
  }

  private static Story offered() {
    return Story.captured("2026-03-02T08:00:00Z")
        .qualified("2026-03-02T08:00:00Z")
        .offered("2026-03-02T08:00:00Z");
  }

  private static Story started(String due) {
    return Story.captured("2026-03-02T08:00:00Z")
        .qualified("2026-03-02T08:00:00Z")
        .offered("2026-03-02T08:00:00Z", "decide", due);
  }

  private static Story scored(String score) {
    return Story.captured("2026-03-02T08:00:00Z")
        .qualified("2026-03-02T08:00:00Z", score)
        .offered("2026-03-02T08:00:00Z");
  }

  private static Story deal() {
    return Story.captured("2026-03-02T08:00:00Z");
  }

  private static Story answered(String tier, boolean late, boolean won) {
    var story =
        Story.captured("2026-03-02T08:00:00Z", "google", tier)
            .qualified("2026-03-02T08:00:00Z")
            .offered("2026-03-02T08:00:00Z", "call", "2026-03-02T12:00:00Z")
            .attempted(late ? "2026-03-02T13:00:00Z" : "2026-03-02T09:00:00Z");
    if (late) {
      story.breached("call", "2026-03-02T08:00:00Z", "2026-03-02T12:00:00Z");
    } else {
      story.met("call", "2026-03-02T08:00:00Z", "2026-03-02T12:00:00Z");
    }
    return won ? story.won("2026-03-12T08:00:00Z", "100", "EUR") : story;
  }

  // ---- asking

  private static Question asked(WhichPasses passes) {
    return new Question(
        Basis.COHORT, passes, null, null, ZoneId.of("UTC"), null, List.of(), null, Map.of());
  }

  private static JsonNode velocity(Story... stories) {
    return total(new VelocityLayout(), asked(WhichPasses.ANY), stories);
  }

  private static JsonNode sla(Question question, Story... stories) {
    return answer(new SlaLayout(NOW, OWES::get, List.of()), question, stories);
  }

  private static ReportingCurrency euros(Map<String, BigDecimal> worth) {
    return new ReportingCurrency("EUR", new Rates(0, "EUR", new TreeMap<>(worth)));
  }

  private static ScorecardLayout scorecard(@Nullable ReportingCurrency inOne) {
    return new ScorecardLayout(
        NOW,
        OWES::get,
        inOne,
        new Growth(new Growth.Counted(0, 0), Map.of()),
        List.of(),
        List.of());
  }

  private static JsonNode card(@Nullable ReportingCurrency inOne, Story... stories) {
    return total(scorecard(inOne), asked(WhichPasses.ANY), stories);
  }

  private static JsonNode total(Layout layout, Question question, Story... stories) {
    return answer(layout, question, stories).path("total");
  }

  private static JsonNode answer(Layout layout, Question question, Story... stories) {
    List<List<Event>> lives = Stream.of(stories).map(Story::events).toList();
    return ReportJson.of(Tables.report(lives, question, layout.numbers()), layout);
  }

  private static void about(JsonNode told, Duration exact) {
    assertThat((double) Duration.parse(told.asText()).toMillis())
        .isCloseTo(exact.toMillis(), Percentage.withPercentage(1));
  }
}
