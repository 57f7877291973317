package baton.reporting.fold;

import static baton.reporting.attribution.Told.captured;
import static baton.reporting.attribution.Told.id;
import static baton.reporting.attribution.Told.outcome;
import static baton.reporting.attribution.Told.qualified;
import static baton.reporting.attribution.Told.step;
import static baton.reporting.attribution.Told.touched;
import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.BreachStep;
import baton.contracts.ClockChange;
import baton.contracts.ClockStep;
import baton.contracts.ErasureKind;
import baton.contracts.Event;
import baton.contracts.HandoffStep;
import baton.contracts.LeadErased;
import baton.contracts.LeadEvent;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadMerged;
import baton.contracts.LeadOutcome;
import baton.contracts.Money;
import baton.contracts.OutcomeResult;
import baton.contracts.Side;
import baton.contracts.SlaBreach;
import baton.infrastructure.telling.Promised;
import baton.infrastructure.telling.Stepped;
import baton.reporting.funnel.Column;
import baton.reporting.funnel.Counts;
import baton.reporting.funnel.Deltas;
import baton.reporting.funnel.Level;
import baton.reporting.funnel.Part.Noted;
import baton.reporting.funnel.Quarter;
import baton.reporting.funnel.WhichPasses;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Lives;
import baton.reporting.journey.WorkingTime;
import baton.reporting.restatement.By;
import baton.reporting.restatement.Change;
import baton.reporting.restatement.Figure;
import baton.reporting.restatement.Restating;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a late fact changes of days that are over. */
class RestatingTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");
  private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));
  private static final Instant WEDNESDAY = MONDAY.plus(Duration.ofDays(2));
  private static final Instant A_WEEK_LATER = MONDAY.plus(Duration.ofDays(9));
  private static final Instant LONG_AFTER = Instant.parse("2100-01-01T00:00:00Z");
  private static final Function<Origin, Counts> FRESH = _ -> new Counts();
  private static final UUID ADA = id(1);
  private static final UUID BOB = id(2);

  /** What the database holds. */
  private static final class Kept {
    private final Map<UUID, Journey> journeys = new HashMap<>();
    private final ZoneId zone;

    Kept(ZoneId zone) {
      this.zone = zone;
    }

    /**
     * @param heard null where nothing was told yet
     */
    List<Change> hear(@Nullable Instant heard, List<? extends LeadEvent> events) {
      return fold(
              heard,
              events.stream()
                  .map(Event.class::cast)
                  .collect(Collectors.groupingBy(event -> ((LeadEvent) event).leadId())))
          .restated();
    }

    Folded fold(@Nullable Instant heard, Map<UUID, List<Event>> told) {
      var known = new HashMap<>(journeys);
      known.keySet().retainAll(told.keySet());
      var folding =
          new Folding(
              Map.of(0, told),
              known,
              WorkingTime.UNKNOWN,
              heard == null ? Restating.nothing() : new Restating(zone, heard));
      while (folding.others().stream().anyMatch(lead -> !folding.knows(lead))) {
        folding.know(folding.others(), journeys);
      }
      var folded = folding.folded();
      journeys.putAll(folded.begun());
      journeys.putAll(folded.extended());
      return folded;
    }
  }

  private static Kept told(LeadEvent... events) {
    var kept = new Kept(ZoneOffset.UTC);
    assertThat(kept.hear(null, List.of(events))).isEmpty();
    return kept;
  }

  /** By day and number, in words: {@code 2026-03-04 revenue EUR: 1250.5}. */
  private static List<String> words(List<Change> changes) {
    return changes.stream().map(RestatingTest::words).sorted().toList();
  }

  private static String words(Change change) {
    return change.day()
        + " "
        + (change.figure().metric() + " " + change.figure().label()).trim()
        + ": "
        + change.amount().stripTrailingZeros().toPlainString();
  }

  @Test
  void a_win_heard_late_changes_the_day_on_which_it_was_won() {
    var kept = told(captured(ADA, 11, "Email", MONDAY));

    var changes =
        kept.hear(A_WEEK_LATER, List.of(outcome(ADA, 31, OutcomeResult.WON, WEDNESDAY, "1250.50")));

    assertThat(words(changes))
        .containsExactly(
            "2026-03-04 credit Email: 1",
            "2026-03-04 mql-inferred: 1",
            "2026-03-04 mql: 1",
            "2026-03-04 revenue EUR: 1250.5",
            "2026-03-04 sal-inferred: 1",
            "2026-03-04 sal: 1",
            "2026-03-04 sql-inferred: 1",
            "2026-03-04 sql: 1",
            "2026-03-04 won: 1");
    assertThat(changes)
        .extracting(Change::by)
        .containsOnly(new By("lead-outcome", id(31), 1L, ADA, WEDNESDAY));
    assertThat(changes)
        .extracting(Change::over)
        .containsOnly(Instant.parse("2026-03-05T00:00:00Z"));
  }

  @Test
  void what_is_heard_on_its_own_day_changes_nothing_that_was_told() {
    var kept = told(captured(ADA, 11, "Email", MONDAY));

    var changes =
        kept.hear(
            WEDNESDAY.plusSeconds(60),
            List.of(
                qualified(ADA, 21, null, null, WEDNESDAY),
                step(ADA, 41, 21, 1, HandoffStep.OFFERED, WEDNESDAY, null),
                outcome(ADA, 31, OutcomeResult.WON, WEDNESDAY, "1250.50")));

    assertThat(changes).isEmpty();
  }

  /** Half past midnight in Berlin is still the day before in London. */
  @Test
  void a_day_is_over_when_it_is_in_the_zone_of_the_charter() {
    var lateOnMonday = Instant.parse("2026-03-02T22:45:00Z");
    var heard = Instant.parse("2026-03-02T23:30:00Z");
    var berlin = new Kept(ZoneId.of("Europe/Berlin"));
    var london = new Kept(ZoneId.of("Europe/London"));

    var inBerlin = berlin.hear(heard, List.of(captured(ADA, 11, "Email", lateOnMonday)));
    var inLondon = london.hear(heard, List.of(captured(ADA, 11, "Email", lateOnMonday)));

    assertThat(words(inBerlin)).containsExactly("2026-03-02 captured: 1");
    assertThat(inLondon).isEmpty();
  }

  @Test
  void a_touch_heard_late_moves_credit_and_nothing_else() {
    var kept =
        told(
            captured(ADA, 11, "Email", MONDAY),
            outcome(ADA, 31, OutcomeResult.WON, WEDNESDAY, "1250.50"));

    var changes = kept.hear(A_WEEK_LATER, List.of(touched(ADA, 12, "Paid Search", TUESDAY)));

    assertThat(words(changes))
        .containsExactly("2026-03-04 credit Email: -0.5", "2026-03-04 credit Paid Search: 0.5");
    assertThat(changes)
        .extracting(change -> Objects.requireNonNull(change.by()).type())
        .containsOnly("lead-touched");
  }

  @Test
  void a_correction_changes_what_it_corrects() {
    var kept =
        told(
            captured(ADA, 11, "Email", MONDAY),
            outcome(ADA, 31, OutcomeResult.WON, TUESDAY, "1250.50"));

    var changes =
        kept.hear(A_WEEK_LATER, List.of(again(2, OutcomeResult.WON, WEDNESDAY, "1000.00")));

    assertThat(words(changes))
        .contains(
            "2026-03-03 revenue EUR: -1250.5",
            "2026-03-04 revenue EUR: 1000",
            "2026-03-03 won: -1",
            "2026-03-04 won: 1");
    assertThat(changes)
        .extracting(change -> Objects.requireNonNull(change.by()).revision())
        .containsOnly(2L);
  }

  /** What was open when its day ended counted as broken: that a verdict says so changes nothing. */
  @Test
  void a_breach_that_is_excused_late_is_one_less_on_the_day_it_was_due() {
    var kept = told(captured(ADA, 11, "Email", MONDAY), qualified(ADA, 21, null, null, MONDAY));
    kept.hear(null, List.of(offered()));

    var judged = kept.fold(A_WEEK_LATER, Map.of(ADA, List.of(breach(1, BreachStep.BREACHED))));
    var disputed = kept.fold(A_WEEK_LATER, Map.of(ADA, List.of(breach(2, BreachStep.DISPUTED))));
    var excused = kept.fold(A_WEEK_LATER, Map.of(ADA, List.of(breach(3, BreachStep.EXCUSED))));

    assertThat(judged.restated()).isEmpty();
    assertThat(disputed.restated()).isEmpty();
    assertThat(words(excused.restated()))
        .containsExactly(
            "2026-03-03 promises-breached decide: -1", "2026-03-03 promises-excused decide: 1");
  }

  private static LeadHandoff offered() {
    return Stepped.of(ADA, id(41), id(21))
        .with("grace", "north")
        .clocks(List.of(new ClockStep("decide", ClockChange.STARTED, TUESDAY)))
        .to(HandoffStep.OFFERED, MONDAY);
  }

  private static SlaBreach breach(long revision, BreachStep step) {
    return Promised.in("decide", Side.SALES, MONDAY, TUESDAY)
        .of(ADA, id(41), id(21))
        .by("grace", "north")
        .broken(id(51), revision, step, TUESDAY);
  }

  @Test
  void a_rejection_heard_late_is_told_by_its_reason() {
    var kept =
        told(
            captured(ADA, 11, "Email", MONDAY),
            qualified(ADA, 21, null, null, MONDAY),
            step(ADA, 41, 21, 1, HandoffStep.OFFERED, MONDAY, null));

    var changes =
        kept.hear(
            A_WEEK_LATER, List.of(step(ADA, 41, 21, 2, HandoffStep.REJECTED, TUESDAY, "spam")));

    assertThat(words(changes)).containsExactly("2026-03-03 rejected spam: 1");
  }

  @Test
  void a_merge_takes_back_what_the_later_capture_counted_for() {
    var kept = told(captured(ADA, 11, "Email", MONDAY), captured(BOB, 12, "Direct", TUESDAY));

    var changes = kept.hear(A_WEEK_LATER, merged(A_WEEK_LATER));

    assertThat(words(changes)).containsExactly("2026-03-03 captured: -1");
    assertThat(changes)
        .extracting(change -> Objects.requireNonNull(change.by()).type())
        .containsOnly("lead-merged");
  }

  @Test
  void who_is_retracted_leaves_the_numbers_of_all_days() {
    var kept = told(captured(ADA, 11, "Email", MONDAY), qualified(ADA, 21, null, null, TUESDAY));

    var changes = kept.hear(A_WEEK_LATER, List.of(erased(ADA, ErasureKind.RETRACTED)));

    assertThat(words(changes)).containsExactly("2026-03-02 captured: -1", "2026-03-03 mql: -1");
    assertThat(kept.hear(A_WEEK_LATER, List.of(erased(ADA, ErasureKind.ERASED)))).isEmpty();
  }

  @Test
  void an_event_that_changed_nothing_that_stays_is_not_named() {
    var kept = new Kept(ZoneOffset.UTC);

    var changes =
        kept.hear(
            A_WEEK_LATER,
            List.of(
                outcome(ADA, 31, OutcomeResult.OPPORTUNITY, WEDNESDAY, "10.00"),
                captured(ADA, 11, "Email", MONDAY)));

    assertThat(changes)
        .filteredOn(change -> change.figure().metric().equals("captured"))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.day()).isEqualTo(LocalDate.of(2026, 3, 2));
              assertThat(Objects.requireNonNull(change.by()).type()).isEqualTo("lead-captured");
            });
  }

  @Test
  void of_many_at_once_only_the_first_are_told_one_by_one() {
    var kept = new Kept(ZoneOffset.UTC);
    var many = new ArrayList<LeadEvent>();
    for (int i = 0; i < Restating.MOST_LEADS + 50; i++) {
      many.add(captured(id(1_000 + i), 5_000 + i, "Email", MONDAY));
    }

    var changes = kept.hear(A_WEEK_LATER, many);

    assertThat(changes).hasSize(Restating.MOST_LEADS + 1);
    assertThat(changes)
        .filteredOn(change -> change.by() == null)
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.leads()).isEqualTo(50);
              assertThat(change.amount()).isEqualByComparingTo("50");
            });
  }

  /**
   * However a story is told, and wherever reports were read in between: what was told then, and all
   * that was restated since, is what a story told in order comes to.
   */
  @Test
  void what_was_told_and_all_that_moved_since_is_what_there_is() {
    var story =
        List.of(
            captured(ADA, 11, "Email", MONDAY),
            qualified(ADA, 21, null, null, MONDAY.plusSeconds(60)),
            step(ADA, 41, 21, 1, HandoffStep.OFFERED, MONDAY.plusSeconds(90), null),
            step(ADA, 41, 21, 2, HandoffStep.ACCEPTED, TUESDAY, null),
            touched(ADA, 12, "Paid Search", TUESDAY.plusSeconds(5)),
            outcome(ADA, 31, OutcomeResult.WON, WEDNESDAY, "1250.50"),
            again(2, OutcomeResult.WON, WEDNESDAY, "1000.00"),
            captured(BOB, 13, "Direct", MONDAY.minusSeconds(86_400)),
            step(BOB, 42, 22, 1, HandoffStep.OFFERED, MONDAY, null),
            step(BOB, 42, 22, 2, HandoffStep.REJECTED, TUESDAY, "spam"),
            qualified(BOB, 22, null, null, MONDAY.minusSeconds(60)),
            merged(WEDNESDAY).getFirst(),
            merged(WEDNESDAY).getLast(),
            captured(id(3), 14, "Direct", TUESDAY),
            erased(id(3), ErasureKind.RETRACTED));
    var inOrder = numbers(new Kept(ZoneOffset.UTC).hear(A_WEEK_LATER, story));

    for (int seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      var shuffled = new ArrayList<>(story);
      Collections.shuffle(shuffled, new Random(random.nextLong()));
      int cut = random.nextInt(shuffled.size());
      var kept = new Kept(ZoneOffset.UTC);
      var changes = new ArrayList<Change>();
      if (cut > 0) {
        changes.addAll(kept.hear(A_WEEK_LATER, shuffled.subList(0, cut)));
      }
      for (var event : shuffled.subList(cut, shuffled.size())) {
        changes.addAll(kept.hear(A_WEEK_LATER, List.of(event)));
      }

      assertThat(numbers(changes)).as("seed %d", seed).isEqualTo(inOrder);
    }
  }

  /** Whatever leads live: figures are read off reports by the words that they are written with. */
  @Test
  void all_that_could_be_restated_is_what_reports_count() {
    var compared = 0;
    for (int seed = 0; seed < 150; seed++) {
      var life = Lives.of(new SplittableRandom(seed));

      var folded =
          new Kept(ZoneOffset.UTC)
              .fold(LONG_AFTER, Map.of(Objects.requireNonNull(lead(life)), life));

      var told = numbers(folded.restated());
      told.keySet().removeIf(place -> place.figure().isCredit());
      var counted = days(folded.deltas().getOrDefault(0, new Deltas()));
      for (var place : told.keySet()) {
        assertThat(
                place
                    .figure()
                    .in(
                        counted.getOrDefault(new Origin(place.day(), place.origin()), new Counts()),
                        LONG_AFTER))
            .as("seed %d, %s", seed, place)
            .isEqualByComparingTo(told.get(place));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(500);
  }

  private record Origin(LocalDate day, @Nullable UUID keys) {}

  /** The sums of each day and origin, as reports add them up of what is entered. */
  private static Map<Origin, Counts> days(Deltas deltas) {
    var days = new HashMap<Origin, Counts>();
    deltas
        .cells()
        .forEach(
            (cell, counts) -> {
              if (cell.level() == Level.ORIGIN_DAY && cell.passes() == WhichPasses.ANY) {
                var into = days.computeIfAbsent(origin(deltas, cell.at(), cell.keys()), FRESH);
                if (cell.lag() == Level.ANY_LAG) {
                  for (var column : Column.values()) {
                    into.add(column, counts[column.ordinal()]);
                  }
                }
              }
            });
    deltas
        .tallies()
        .forEach(
            (tally, amount) -> {
              if (tally.level() == Level.ORIGIN_DAY && tally.passes() == WhichPasses.ANY) {
                days.computeIfAbsent(origin(deltas, tally.at(), tally.keys()), FRESH)
                    .add(tally.kind(), tally.label(), amount.entered());
              }
            });
    deltas
        .notes()
        .forEach(
            (note, times) -> {
              if (note.level() == Level.EVERYTHING && note.passes() == WhichPasses.ANY) {
                var into = days.computeIfAbsent(origin(deltas, note.at(), note.keys()), FRESH);
                for (var term : note.label().split(String.valueOf(Noted.BETWEEN), -1)) {
                  into.add(note.matter(), term, times.entered());
                }
              }
            });
    return days;
  }

  private static Origin origin(Deltas deltas, int at, UUID keys) {
    return new Origin(
        LocalDate.ofInstant(Quarter.start(at), ZoneOffset.UTC),
        Objects.requireNonNull(deltas.keys().get(keys)).only(Level.ORIGIN_DAY.dimensions()).id());
  }

  private static @Nullable UUID lead(List<Event> life) {
    return life.stream()
        .filter(LeadEvent.class::isInstance)
        .map(event -> ((LeadEvent) event).leadId())
        .findFirst()
        .orElse(null);
  }

  private record Place(LocalDate day, Figure figure, @Nullable UUID origin) {}

  private static Map<Place, BigDecimal> numbers(List<Change> changes) {
    var numbers = new HashMap<Place, BigDecimal>();
    for (var change : changes) {
      numbers.merge(
          new Place(change.day(), change.figure(), change.origin()),
          change.amount(),
          BigDecimal::add);
    }
    numbers.values().removeIf(amount -> amount.signum() == 0);
    numbers.replaceAll((_, amount) -> amount.stripTrailingZeros());
    return numbers;
  }

  private static LeadOutcome again(long revision, OutcomeResult result, Instant at, String euros) {
    return outcome(ADA, id(31), revision, result, new Money(new BigDecimal(euros), "EUR"), at);
  }

  private static List<LeadMerged> merged(Instant at) {
    return List.of(
        new LeadMerged(ADA, at, 0, id(61), ADA, BOB), new LeadMerged(BOB, at, 0, id(61), ADA, BOB));
  }

  private static LeadErased erased(UUID lead, ErasureKind kind) {
    return new LeadErased(lead, A_WEEK_LATER, 0, kind, id(71));
  }
}
