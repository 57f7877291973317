package baton.reporting.attribution;

import static baton.reporting.attribution.Told.captured;
import static baton.reporting.attribution.Told.id;
import static baton.reporting.attribution.Told.journey;
import static baton.reporting.attribution.Told.outcome;
import static baton.reporting.attribution.Told.touched;
import static baton.reporting.attribution.Told.verified;
import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.ErasureKind;
import baton.contracts.LeadErased;
import baton.contracts.OutcomeResult;
import baton.reporting.attribution.Route.Unwon;
import baton.reporting.attribution.Route.Won;
import baton.reporting.funnel.Contribution;
import baton.reporting.funnel.Part;
import baton.reporting.funnel.Part.Kind;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Lives;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final UUID ADA = id(1);
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant TEN = NINE.plusSeconds(3600);
  private static final Instant ELEVEN = TEN.plusSeconds(3600);
  private static final Instant NOON = ELEVEN.plusSeconds(3600);

  @Test
  void a_capture_alone_is_what_the_cells_say() {
    assertThat(Routes.of(journey(List.of(captured(ADA, 10, "Email", NINE))))).isEmpty();
  }

  @Test
  void a_lead_that_went_on_is_taken_back_and_told_whole_at_its_last_touch() {
    var routes =
        Routes.of(
            journey(
                List.of(
                    touched(ADA, 12, "Direct", TEN),
                    captured(ADA, 10, "Email", NINE),
                    touched(ADA, 10, "Email", NINE))));

    assertThat(routes)
        .isEqualTo(
            Map.of(
                new Unwon(NINE, List.of(whence("Email"))),
                -1,
                new Unwon(TEN, List.of(whence("Email"), whence("Direct"))),
                1));
  }

  @Test
  void a_deal_is_owed_to_the_touches_up_to_it() {
    var won = outcome(ADA, 20, OutcomeResult.WON, ELEVEN, "1250.50");

    var routes =
        Routes.of(
            journey(
                List.of(
                    won,
                    touched(ADA, 13, "Display", NOON),
                    touched(ADA, 12, "Direct", ELEVEN),
                    verified(ADA, 30, TEN.plusSeconds(1)),
                    touched(ADA, 11, "Social", NINE.minusSeconds(1)),
                    touched(ADA, 14, "Search", TEN),
                    captured(ADA, 10, "Email", NINE))));

    assertThat(routes)
        .isEqualTo(
            Map.of(
                new Unwon(NINE, List.of(whence("Email"))),
                -1,
                new Won(
                    new Path(
                        List.of(
                            touch("Social", NINE.minusSeconds(1)),
                            touch("Email", NINE),
                            touch("Search", TEN),
                            touch("Direct", ELEVEN)),
                        1,
                        2,
                        ELEVEN),
                    new BigDecimal("1250.5"),
                    "EUR",
                    0),
                1));
  }

  @Test
  void a_deal_of_before_the_first_touch_is_owed_to_none() {
    var routes =
        Routes.of(
            journey(
                List.of(
                    captured(ADA, 10, "Email", TEN),
                    outcome(ADA, 20, OutcomeResult.WON, NINE, null))));

    assertThat(routes)
        .isEqualTo(
            Map.of(
                new Unwon(TEN, List.of(whence("Email"))),
                -1,
                new Won(new Path(List.of(), null, null, NINE), null, null, 0),
                1));
  }

  @Test
  void what_sales_verified_only_by_winning_or_afterwards_is_no_milestone() {
    var facts =
        List.of(
            captured(ADA, 10, "Email", NINE),
            outcome(ADA, 20, OutcomeResult.WON, TEN, null),
            verified(ADA, 30, ELEVEN));

    assertThat(paths(journey(facts.subList(0, 2))))
        .containsExactly(new Path(List.of(touch("Email", NINE)), 0, null, TEN));
    assertThat(paths(journey(facts)))
        .containsExactly(new Path(List.of(touch("Email", NINE)), 0, null, TEN));
  }

  @Test
  void touches_of_one_moment_are_the_capture_and_then_the_lesser_id() {
    var routes =
        paths(
            journey(
                List.of(
                    touched(ADA, 5, "A", NINE),
                    touched(ADA, 15, "C", NINE),
                    captured(ADA, 10, "B", NINE),
                    outcome(ADA, 20, OutcomeResult.WON, NINE, null))));

    assertThat(routes)
        .containsExactly(
            new Path(List.of(touch("B", NINE), touch("A", NINE), touch("C", NINE)), 0, null, NINE));
  }

  @Test
  void a_retracted_lead_went_nowhere() {
    assertThat(
            Routes.of(
                journey(
                    List.of(
                        captured(ADA, 10, "Email", NINE),
                        touched(ADA, 12, "Direct", TEN),
                        outcome(ADA, 20, OutcomeResult.WON, TEN, "5"),
                        new LeadErased(ADA, NOON, 0, ErasureKind.RETRACTED, id(99))))))
        .isEmpty();
  }

  @Test
  void the_deals_are_the_revenue_of_the_funnel_however_events_arrive() {
    var random = new SplittableRandom(17);
    for (int i = 0; i < 3000; i++) {
      var life = Lives.of(random);
      var journey = journey(Lives.retold(life, random));

      var routes = Routes.of(journey);

      assertThat(Routes.of(journey(Lives.retold(life, random)))).isEqualTo(routes);
      assertThat(revenue(routes)).isEqualTo(revenue(Contribution.of(journey)));
    }
  }

  @Test
  void captures_and_differences_add_up_to_the_ways_of_those_who_won_nothing() {
    var random = new SplittableRandom(19);
    for (int i = 0; i < 2000; i++) {
      var journey = journey(Lives.of(random));
      var counted = new HashMap<Route, Integer>();
      var captured = journey.captured();
      if (captured != null && !Contribution.of(journey).parts().isEmpty()) {
        counted.merge(
            new Unwon(
                captured.at(),
                List.of(
                    new Whence(
                        captured.source(),
                        captured.medium(),
                        captured.channel(),
                        captured.campaign()))),
            1,
            Integer::sum);
      }

      Routes.of(journey).forEach((route, times) -> counted.merge(route, times, Integer::sum));
      counted.values().removeIf(times -> times == 0);

      long wins = counted.keySet().stream().filter(route -> route instanceof Won).count();
      assertThat(counted.values()).allMatch(times -> times > 0);
      if (wins == 0 && !journey.retracted()) {
        assertThat(counted.keySet())
            .allMatch(
                route ->
                    route instanceof Unwon unwon && unwon.touches().size() == touches(journey));
        assertThat(counted).hasSize(touches(journey) == 0 ? 0 : 1);
      } else {
        assertThat(counted.keySet()).allMatch(route -> route instanceof Won);
      }
    }
  }

  @Test
  void a_way_reads_as_it_was_written() {
    var random = new SplittableRandom(29);
    for (int i = 0; i < 1000; i++) {
      for (var route : Routes.of(journey(Lives.of(random))).keySet()) {
        var bytes = RouteBytes.of(route);

        switch (route) {
          case Won won -> assertThat(RouteBytes.won(bytes)).isEqualTo(won);
          case Unwon unwon -> assertThat(RouteBytes.unwon(bytes)).isEqualTo(unwon.touches());
        }
      }
    }
  }

  private static int touches(Journey journey) {
    return (int)
        journey.facts().stream()
            .filter(
                fact ->
                    fact instanceof baton.reporting.journey.Fact.Captured
                        || fact instanceof baton.reporting.journey.Fact.Touched)
            .count();
  }

  private static Map<String, BigDecimal> revenue(Map<Route, Integer> routes) {
    var revenue = new TreeMap<String, BigDecimal>();
    routes.forEach(
        (route, times) -> {
          if (route instanceof Won won && won.amount() != null && won.currency() != null) {
            add(revenue, won.currency(), won.amount().multiply(BigDecimal.valueOf(times)));
          }
        });
    return revenue;
  }

  private static Map<String, BigDecimal> revenue(Contribution contribution) {
    var revenue = new TreeMap<String, BigDecimal>();
    contribution
        .parts()
        .forEach(
            (part, times) -> {
              if (part instanceof Part.Tallied tallied
                  && tallied.kind() == Kind.REVENUE
                  && tallied.passes() == baton.reporting.funnel.WhichPasses.ANY) {
                add(revenue, tallied.label(), tallied.amount().multiply(BigDecimal.valueOf(times)));
              }
            });
    return revenue;
  }

  private static void add(TreeMap<String, BigDecimal> revenue, String currency, BigDecimal amount) {
    revenue.merge(currency, amount, BigDecimal::add);
    revenue.replaceAll((_, some) -> some.stripTrailingZeros());
  }

  private static List<Path> paths(Journey journey) {
    var paths = new ArrayList<Path>();
    Routes.of(journey)
        .forEach(
            (route, _) -> {
              if (route instanceof Won won) {
                paths.add(won.path());
              }
            });
    return paths;
  }

  private static Touch touch(String channel, Instant at) {
    return new Touch(at, whence(channel));
  }

  private static Whence whence(String channel) {
    return new Whence("from " + channel, null, channel, null);
  }
}
