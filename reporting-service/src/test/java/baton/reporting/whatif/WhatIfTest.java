package baton.reporting.whatif;

import static baton.reporting.whatif.World.MONDAY;
import static baton.reporting.whatif.World.charter;
import static baton.reporting.whatif.World.governing;
import static org.assertj.core.api.Assertions.assertThat;

import baton.charter.Agreement;
import baton.contracts.LeadCaptured;
import baton.reporting.funnel.Basis;
import baton.reporting.funnel.Compared;
import baton.reporting.funnel.Promises;
import baton.reporting.funnel.Question;
import baton.reporting.funnel.Tally;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.journey.Fact.Qualified;
import baton.reporting.journey.Journey;
import baton.reporting.whatif.World.Manner;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Open hours are nine to five, Monday to Friday, in UTC; the 2nd of March 2026 is a Monday. */
class WhatIfTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final int LIVES = 400;
  private static final Manner IDLE = new Manner(null, null, null);

  /** An hour to try, four to decide; the line at 30, a webinar 20, halved every ten days. */
  private static final String TODAY =
      """
      name: Today
      calendars:
        default:
          zone: UTC
          week: { mon: ["09:00-17:00"], tue: ["09:00-17:00"], wed: ["09:00-17:00"], thu: ["09:00-17:00"], fri: ["09:00-17:00"] }
      idealCustomer:
        tiers:
          - { tier: A, when: 'company.employees >= 200' }
          - { tier: B, when: 'true' }
      personas:
        - id: it
          name: IT
          when: 'lead.jobTitle.matches("IT")'
          ready: { score: 25, fields: [email], instantly: 'touches.exists(t, t.kind == "demo-request")' }
        - id: other
          name: Others
          when: 'true'
          ready: { score: 30, fields: [email], instantly: 'touches.exists(t, t.kind == "demo-request")' }
      scoring:
        fit:
          - { id: large, when: 'company.tier == "A"', points: 10 }
          - { id: pro, when: 'lead.attributes.plan == "pro"', points: 5 }
        engagement:
          - { id: webinar, touch: webinar, points: 20, halfLife: P10D }
          - { id: download, touch: content-download, points: 10, halfLife: P14D, atMost: 25 }
          - { id: view, touch: page-view, points: 2, halfLife: P7D, atMost: 6 }
      sales:
        - { id: decide, owes: decision, within: PT4H, business: true }
        - { id: first-attempt, owes: first-attempt, within: PT1H, business: true }
        - { id: large-first, owes: first-attempt, within: PT30M, business: true, when: 'company.tier == "A"' }
        - { id: disposition, owes: disposition, within: P20D }
      """;

  private static final Agreement IN_FORCE = charter(TODAY);

  @Test
  void replaying_what_is_in_force_changes_nothing_to_the_byte() {
    var whatIf = new WhatIf(charter(TODAY), governing(IN_FORCE));
    int passes = 0;
    for (int seed = 0; seed < LIVES; seed++) {
      var journey = World.lived(IN_FORCE, NOW, seed).journey();

      var replayed = whatIf.of(journey, NOW);

      assertThat(replayed).as("life %d", seed).isEqualTo(new WhatIf.Replayed(journey, true, 0));
      assertThat(replayed.journey().bytes()).isEqualTo(journey.bytes());
      passes += journey.passes().size();
    }
    assertThat(passes).isGreaterThan(LIVES / 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "score: 30|score: 22",
        "score: 30|score: 38",
        "points: 20|points: 26",
        "P10D|P30D",
        ">= 200|>= 20"
      })
  void who_first_qualifies_and_when_is_as_it_would_have_been_all_along(String change) {
    var draft = charter(changed(change));
    var whatIf = new WhatIf(draft, governing(IN_FORCE));
    int others = 0;
    for (int seed = 0; seed < LIVES; seed++) {
      var journey = World.lived(IN_FORCE, NOW, seed).journey();
      var allAlong = World.lived(draft, NOW, seed).journey();

      var replayed = whatIf.of(journey, NOW);

      assertThat(first(replayed.journey())).as("life %d", seed).isEqualTo(first(allAlong));
      others += same(first(journey), first(allAlong)) ? 0 : 1;
    }
    assertThat(others).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PT4H|PT2H",
        "PT1H|P1D",
        "tue: [\"09:00-17:00\"]|sat: [\"09:00-17:00\"]",
        "zone: UTC|zone: America/Sao_Paulo"
      })
  void promises_come_to_what_they_would_have_all_along(String change) {
    var draft = charter(changed(change));
    var compared = new Compared(always(), new WhatIf(draft, governing(IN_FORCE)));
    var allAlong = new Compared(always(), new WhatIf(draft, governing(draft)));
    for (int seed = 0; seed < LIVES; seed++) {
      compared.add(World.lived(IN_FORCE, NOW, seed).journey(), NOW);
      allAlong.add(World.lived(draft, NOW, seed).journey(), NOW);
    }

    assertThat(clauses(compared.wouldHave())).isEqualTo(clauses(allAlong.happened()));
    assertThat(clauses(compared.wouldHave())).isNotEqualTo(clauses(compared.happened()));
    assertThat(compared.approximated()).isZero();
  }

  /** 10 for the company and 20 for the webinar are 30, which is the line. */
  @Test
  void a_higher_line_loses_whom_it_keeps_out_with_what_sellers_did() {
    var ada = World.captured(IN_FORCE, NOW, MONDAY, "webinar", 300, List.of(accepting())).journey();

    var compared = compared(ada, "score: 30|score: 31");

    assertThat(List.of(compared.kept(), compared.lost(), compared.gained()))
        .containsExactly(0L, 1L, 0L);
    assertThat(compared.wouldHave().leads()).isZero();
    assertThat(compared.wouldHave().promises()).isEmpty();
    assertThat(compared.wouldHave().sellers()).isEmpty();
    assertThat(compared.happened().decided("accepted")).isEqualTo(1);
    assertThat(compared.wouldHave().decided("accepted")).isZero();
  }

  /** Twenty points of a webinar are ten after ten days, so the second one makes thirty. */
  @Test
  void a_slower_decay_has_it_qualify_by_an_earlier_touch_and_a_lower_line_at_once() {
    var bob =
        World.captured(IN_FORCE, NOW, MONDAY, "webinar", null, List.of(IDLE))
            .touched(MONDAY.plus(Duration.ofDays(5)), "content-download", Map.of())
            .touched(MONDAY.plus(Duration.ofDays(10)), "webinar", Map.of())
            .journey();

    assertThat(first(bob)).isEqualTo(MONDAY.plus(Duration.ofDays(10)));
    assertThat(first(replayed(bob, "P10D|P1000D"))).isEqualTo(MONDAY.plus(Duration.ofDays(10)));
    assertThat(first(replayed(bob, "score: 30|score: 24")))
        .isEqualTo(MONDAY.plus(Duration.ofDays(5)));
    assertThat(first(replayed(bob, "score: 30|score: 20"))).isEqualTo(MONDAY);
  }

  @Test
  void who_newly_qualifies_was_never_handed_over() {
    var carl =
        World.captured(IN_FORCE, NOW, MONDAY, "webinar", null, List.of(IDLE))
            .updated(MONDAY.plusSeconds(60), "IT lead", null, null)
            .journey();

    var compared = compared(carl, "score: 25|score: 20");

    assertThat(first(carl)).isNull();
    assertThat(compared.gained()).isEqualTo(1);
    assertThat(compared.wouldHave().personas()).isEqualTo(Map.of("it", 1L));
    assertThat(compared.wouldHave().tiers()).isEqualTo(Map.of("B", 1L));
    assertThat(compared.wouldHave().promises()).isEmpty();
    assertThat(compared.wouldHave().decided("open")).isEqualTo(1);
  }

  /** Offered at 09:01 and accepted at 12:31: three and a half open hours. */
  @Test
  void a_shorter_time_breaks_a_promise_and_another_calendar_keeps_it() {
    var ada = World.captured(IN_FORCE, NOW, MONDAY, "webinar", 300, List.of(accepting())).journey();

    assertThat(decide(compared(ada, "PT4H|PT4H").wouldHave())).isEqualTo("1 met, 0 breached");
    assertThat(decide(compared(ada, "PT4H|PT3H").wouldHave())).isEqualTo("0 met, 1 breached");
    assertThat(
            decide(
                compared(
                        ada,
                        "within: PT4H|within: PT3H",
                        "mon: [\"09:00-17:00\"]|mon: [\"09:00-10:00\"]")
                    .wouldHave()))
        .isEqualTo("1 met, 0 breached");
    assertThat(decide(compared(ada, "PT4H|PT3H").happened())).isEqualTo("1 met, 0 breached");
  }

  /** She is called sooner for being of tier A, which begins at 400 in the draft. */
  @Test
  void a_promise_holds_for_whom_the_draft_says() {
    var ada = World.captured(IN_FORCE, NOW, MONDAY, "demo-request", 300, List.of(IDLE)).journey();

    var compared = compared(ada, ">= 200|>= 400");

    assertThat(clauses(compared.happened())).containsKey("large-first");
    assertThat(clauses(compared.wouldHave())).doesNotContainKey("large-first");
    assertThat(compared.wouldHave().tiers()).isEqualTo(Map.of("B", 1L));
    assertThat(compared.kept()).isEqualTo(1);
  }

  @Test
  void what_is_not_due_yet_is_open_on_both_sides() {
    var at = Instant.parse("2026-05-29T16:00:00Z");
    var ada = World.captured(IN_FORCE, NOW, at, "webinar", 300, List.of(IDLE)).journey();

    var decide = compared(ada, "PT4H|P9D").wouldHave().promises();

    assertThat(decide.get(new Promises.Clause("decide", "sales")))
        .isEqualTo(new Promises(0, 0, 0, 1, Map.of()));
  }

  @Test
  void what_nobody_can_follow_stays_as_it_happened_and_is_counted() {
    var told = World.captured(IN_FORCE, NOW, MONDAY, "webinar", 300, List.of(accepting())).events();
    var journey = Journey.UNTRAVELLED;
    for (var event : told) {
      journey = event instanceof LeadCaptured ? journey : journey.with(event);
    }
    var late =
        World.captured(IN_FORCE, NOW, MONDAY, "page-view", null, List.of(IDLE)).events().getFirst();

    var compared = compared(journey.with(late), "score: 30|score: 31");

    assertThat(compared.notReproduced()).isEqualTo(1);
    assertThat(compared.wouldHave().leads()).isEqualTo(1);
    assertThat(clauses(compared.wouldHave())).isEqualTo(clauses(compared.happened()));
  }

  /** Two come in the same hour, and the first is gone an hour before the third comes. */
  @Test
  void a_seller_has_as_many_at_a_time_as_are_open() {
    var compared =
        new Compared(
            always(), new WhatIf(charter(changed("score: 30|score: 31")), governing(IN_FORCE)));
    var gone = new Manner(null, null, Duration.ofHours(2));
    compared.add(journey(MONDAY, 300, gone), NOW);
    compared.add(journey(MONDAY.plusSeconds(1800), 300, accepting()), NOW);
    compared.add(journey(MONDAY.plus(Duration.ofHours(3)), 300, accepting()), NOW);

    var grace = Objects.requireNonNull(compared.happened().sellers().get("grace"));

    assertThat(grace.handoffs()).isEqualTo(3);
    assertThat(grace.peakOpen()).isEqualTo(2);
    assertThat(compared.wouldHave().sellers()).isEmpty();
  }

  @Test
  void only_what_is_asked_about_is_compared() {
    var march =
        new Question(
            Basis.PERIOD,
            WhichPasses.ANY,
            LocalDate.of(2026, 3, 3),
            null,
            ZoneOffset.UTC,
            null,
            List.of(),
            null,
            Map.of());
    var compared = new Compared(march, new WhatIf(IN_FORCE, governing(IN_FORCE)));
    compared.add(journey(MONDAY, 300, accepting()), NOW);

    assertThat(compared.happened().leads()).isZero();
    assertThat(compared.happened().promises().keySet())
        .containsExactly(new Promises.Clause("disposition", "sales"));
  }

  /**
   * Two MQLs of March and one of April, of which a line at 31 leaves none; a demo request stays.
   */
  @Test
  void promises_of_periods_are_kept_or_broken_by_what_would_have_been_delivered() {
    var draft =
        charter(
            changed("score: 30|score: 31")
                + """
                marketing:
                  - { id: volume, owes: mqls, atLeast: 2, per: month }
                  - { id: mix, owes: share, of: 'company.tier == "A"', atLeast: 0.6, per: month }
                  - { id: quality, owes: rejection-rate, atMost: 0.4, per: month, counts: [spam] }
                vocabulary:
                  rejectionReasons: [spam]
                """);
    var compared = new Compared(ofPeriod(), new WhatIf(draft, governing(IN_FORCE)));
    var rejecting = new Manner(null, null, Duration.ofHours(2));
    compared.add(journey(MONDAY, 300, accepting()), NOW);
    compared.add(
        World.captured(IN_FORCE, NOW, MONDAY, "demo-request", null, List.of(rejecting)).journey(),
        NOW);
    compared.add(journey(MONDAY.plus(Duration.ofDays(40)), 300, accepting()), NOW);

    assertThat(compared.periods(NOW).stream().map(WhatIfTest::told))
        .containsExactly(
            "volume 2026-03-01: 2 of 2 Met, would be 1 of 1 Broken",
            "volume 2026-04-01: 1 of 1 Broken, would be 0 of 0 Broken",
            "mix 2026-03-01: 1 of 2 Broken, would be 0 of 1 Broken",
            "mix 2026-04-01: 1 of 1 Met, would be 0 of 0 NotJudged",
            "quality 2026-03-01: 1 of 2 Broken, would be 1 of 1 Broken",
            "quality 2026-04-01: 0 of 1 Met, would be 0 of 0 NotJudged");
  }

  private static String told(Compared.Promised promised) {
    var happened = promised.happened();
    var would = promised.wouldHave();
    return "%s %s: %d of %d %s, would be %d of %d %s"
        .formatted(
            happened.clause().id(),
            happened.stretch().from(),
            happened.counted(),
            happened.of(),
            happened.verdict().getClass().getSimpleName(),
            would.counted(),
            would.of(),
            would.verdict().getClass().getSimpleName());
  }

  private static Question ofPeriod() {
    return new Question(
        Basis.PERIOD,
        WhichPasses.ANY,
        LocalDate.of(2026, 3, 1),
        null,
        ZoneOffset.UTC,
        null,
        List.of(),
        null,
        Map.of());
  }

  @Test
  void limits_say_what_of_the_draft_cannot_be_known() {
    var draft =
        charter(
            changed("fields: [email], instantly|fields: [email, phone], instantly")
                .replace("lead.attributes.plan", "lead.attributes.budget"));

    var limits = Limits.of(draft, List.of(IN_FORCE));

    assertThat(limits)
        .anyMatch(limit -> limit.startsWith("/personas/0/ready/fields/1: "))
        .anyMatch(limit -> limit.startsWith("/scoring/fit/1/when: reads the attribute budget"));
    assertThat(Limits.of(IN_FORCE, List.of(IN_FORCE))).noneMatch(limit -> limit.startsWith("/"));
  }

  private static Manner accepting() {
    return new Manner(Duration.ofMinutes(20), Duration.ofMinutes(210), null);
  }

  private static Journey journey(Instant at, int employees, Manner manner) {
    return World.captured(IN_FORCE, NOW, at, "webinar", employees, List.of(manner)).journey();
  }

  private static Question always() {
    return new Question(
        Basis.COHORT, WhichPasses.ANY, null, null, ZoneOffset.UTC, null, List.of(), null, Map.of());
  }

  private static String changed(String... changes) {
    var yaml = TODAY;
    for (var change : changes) {
      var parts = change.split("\\|");
      assertThat(yaml).contains(parts[0]);
      yaml = yaml.replace(parts[0], parts[1]);
    }
    return yaml;
  }

  private static Compared compared(Journey journey, String... changes) {
    var compared =
        new Compared(always(), new WhatIf(charter(changed(changes)), governing(IN_FORCE)));
    compared.add(journey, NOW);
    return compared;
  }

  private static Journey replayed(Journey journey, String change) {
    return new WhatIf(charter(changed(change)), governing(IN_FORCE)).of(journey, NOW).journey();
  }

  private static @Nullable Instant first(Journey journey) {
    return journey.facts().stream()
        .filter(Qualified.class::isInstance)
        .map(fact -> ((Qualified) fact).at())
        .min(Instant::compareTo)
        .orElse(null);
  }

  private static boolean same(@Nullable Instant one, @Nullable Instant other) {
    return Objects.equals(one, other);
  }

  private static Map<String, String> clauses(Tally tally) {
    var clauses = new TreeMap<String, String>();
    tally
        .promises()
        .forEach(
            (clause, each) ->
                clauses.put(
                    clause.id(),
                    "%d met, %d breached, %d open"
                        .formatted(each.met(), each.breached(), each.open())));
    return clauses;
  }

  private static String decide(Tally tally) {
    var decide = tally.promises().get(new Promises.Clause("decide", "sales"));
    return decide == null ? "none" : decide.met() + " met, " + decide.breached() + " breached";
  }
}
