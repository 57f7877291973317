package baton.reporting.funnel;

import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Event;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Lives;
import baton.reporting.journey.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContributionTest {
  private static final Contribution NOTHING = Contribution.of(Journey.UNTRAVELLED);

  @Test
  void the_cells_add_up_to_a_recount_of_the_leads() {
    var random = new SplittableRandom(1);
    var lives = new ArrayList<List<Event>>();
    for (int i = 0; i < 200; i++) {
      lives.add(Lives.of(random));
    }
    var cells = folded(lives, random);

    for (int i = 0; i < 150; i++) {
      var question = Questions.asked(random);

      assertThat(Flat.plain(Flat.of(Tables.report(cells, question, Flat.NUMBERS))))
          .as(question.toString())
          .isEqualTo(Flat.plain(Recount.of(lives, question)));
    }
  }

  @Test
  void the_notes_add_up_to_a_recount_of_the_passes() {
    var random = new SplittableRandom(2);
    var lives = new ArrayList<List<Event>>();
    for (int i = 0; i < 200; i++) {
      lives.add(Lives.of(random));
    }
    var cells = folded(lives, random);

    for (int i = 0; i < 150; i++) {
      var question = Questions.asked(random);

      RecountOfNotes.of(lives, question, false)
          .compare(Tables.report(cells, question, Numbers.noted(Matter.values())));
    }
  }

  @Test
  void the_cells_are_the_same_however_events_arrive_and_batches_are_cut() {
    for (int seed = 0; seed < 300; seed++) {
      var random = new SplittableRandom(seed);
      var lives = List.of(Lives.of(random), Lives.of(random), Lives.of(random));

      var once = folded(lives, random);
      var again = folded(lives, random);

      assertThat(plain(again)).isEqualTo(plain(once));
      assertThat(lists(again)).isEqualTo(lists(once));
      assertThat(again.notes()).isEqualTo(once.notes());
    }
  }

  @Test
  void the_captured_are_the_sum_of_those_who_stand_somewhere() {
    var random = new SplittableRandom(7);
    for (int i = 0; i < 2000; i++) {
      var deltas = new Deltas();
      deltas.replace(NOTHING, Contribution.of(told(Lives.of(random))));

      deltas
          .cells()
          .forEach(
              (_, counts) -> {
                int standing = 0;
                for (var column : Column.values()) {
                  standing += column.name().startsWith("NOW_") ? counts[column.ordinal()] : 0;
                }
                assertThat(standing).isLessThanOrEqualTo(1);
              });
      assertThat(sum(deltas, Column.CAPTURED))
          .isEqualTo(
              sum(deltas, Column.NOW_WON)
                  + sum(deltas, Column.NOW_LOST)
                  + sum(deltas, Column.NOW_REJECTED)
                  + sum(deltas, Column.NOW_RETURNED)
                  + sum(deltas, Column.NOW_DISQUALIFIED)
                  + sum(deltas, Column.NOW_OPEN));
    }
  }

  /** Every life retold and cut into batches, the lives mixed. */
  private static Deltas folded(List<List<Event>> lives, SplittableRandom random) {
    var deltas = new Deltas();
    for (var life : lives) {
      var journey = Journey.UNTRAVELLED;
      var batched = journey;
      for (var event : Lives.retold(life, random)) {
        journey = journey.with(event);
        if (random.nextInt(3) == 0) {
          deltas.replace(Contribution.of(batched), Contribution.of(journey));
          batched = journey;
        }
      }
      deltas.replace(Contribution.of(batched), Contribution.of(journey));
    }
    return deltas.settled();
  }

  private static Journey told(List<Event> events) {
    var journey = Journey.UNTRAVELLED;
    for (var event : events) {
      journey = journey.with(event);
    }
    return journey;
  }

  private static int sum(Deltas deltas, Column column) {
    return deltas.cells().entrySet().stream()
        .filter(cell -> cell.getKey().level() == Level.EVERYTHING)
        .mapToInt(cell -> cell.getValue()[column.ordinal()])
        .sum();
  }

  private static Map<Deltas.Tally, Deltas.Amount> plain(Deltas deltas) {
    var plain = new HashMap<Deltas.Tally, Deltas.Amount>();
    deltas
        .tallies()
        .forEach(
            (tally, amount) ->
                plain.put(
                    tally,
                    new Deltas.Amount(
                        amount.cohort().stripTrailingZeros(),
                        amount.entered().stripTrailingZeros())));
    return plain;
  }

  private static Map<Deltas.Cell, List<Integer>> lists(Deltas deltas) {
    var lists = new HashMap<Deltas.Cell, List<Integer>>();
    deltas
        .cells()
        .forEach(
            (cell, counts) -> lists.put(cell, java.util.Arrays.stream(counts).boxed().toList()));
    return lists;
  }

  @Test
  void a_win_before_the_first_contact_counts_and_took_no_time() {
    assertThat(Quarter.lag(java.time.Instant.EPOCH.plusSeconds(172_800), java.time.Instant.EPOCH))
        .isZero();
    assertThat(Quarter.lag(java.time.Instant.EPOCH, java.time.Instant.EPOCH.plusSeconds(86_400)))
        .isOne();
    assertThat(Quarter.lag(java.time.Instant.EPOCH, java.time.Instant.EPOCH.plusMillis(86_400_001)))
        .isEqualTo(2);
    assertThat(Stage.WON.word()).isEqualTo("won");
  }
}
