package baton.reporting.funnel;

import baton.contracts.Event;
import baton.reporting.attribution.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the database does, on maps: adds up what a question plans to read. */
public final class Tables {
  private record Key(@Nullable String period, List<@Nullable String> values) {}

  private final Deltas kept;
  private final Question question;
  private final Numbers numbers;
  private final Map<Key, Counts> rows = new HashMap<>();

  private Tables(Deltas kept, Question question, Numbers numbers) {
    this.kept = kept;
    this.question = question;
    this.numbers = numbers;
  }

  /** What these lives are told as. */
  public static Report report(List<List<Event>> lives, Question question, Numbers numbers) {
    var deltas = new Deltas();
    for (var life : lives) {
      deltas.replace(Contribution.NONE, Contribution.of(Told.journey(life)));
    }
    return report(deltas.settled(), question, numbers);
  }

  public static Report report(Deltas kept, Question question, Numbers numbers) {
    return new Tables(kept, question, numbers).report();
  }

  private Report report() {
    var quarters = new TreeSet<Integer>();
    kept.cells().keySet().stream()
        .filter(cell -> cell.level() == Level.EVERYTHING)
        .forEach(cell -> quarters.add(cell.at()));
    kept.notes().keySet().stream()
        .filter(note -> note.level() == Level.EVERYTHING)
        .forEach(note -> quarters.add(note.at()));
    if (!quarters.isEmpty()) {
      read(quarters.first(), quarters.last());
    }
    var told = new ArrayList<Report.Row>();
    var total = new Counts();
    rows.forEach(
        (key, counts) -> {
          if (!counts.none()) {
            total.add(counts);
            told.add(new Report.Row(key.period(), key.values(), counts));
          }
        });
    told.sort(Report.IN_ORDER);
    return new Report(question, null, new TreeSet<>(), told, total, Maturity.UNKNOWN);
  }

  private void read(int first, int last) {
    var plan = question.plan(first, last);
    for (var stretch : plan.stretches()) {
      kept.cells()
          .forEach(
              (cell, counts) -> {
                if (numbers.stages()
                    && chosen(cell.passes(), question.passes())
                    && holds(stretch, cell.level(), cell.at(), cell.lag(), cell.keys())) {
                  for (var column : Column.values()) {
                    if (isOf(question.basis(), column)) {
                      row(plan, stretch, cell.keys()).add(column, counts[column.ordinal()]);
                    }
                  }
                }
              });
      kept.tallies()
          .forEach(
              (tally, amount) -> {
                if (numbers.kinds().contains(tally.kind())
                    && chosen(tally.passes(), question.passes())
                    && holds(stretch, tally.level(), tally.at(), tally.lag(), tally.keys())) {
                  row(plan, stretch, tally.keys())
                      .add(
                          tally.kind(),
                          tally.label(),
                          question.basis() == Basis.COHORT ? amount.cohort() : amount.entered());
                }
              });
    }
    var notes = question.planOfNotes(first, last);
    for (var stretch : notes.stretches()) {
      kept.notes()
          .forEach(
              (note, times) -> {
                if (numbers.matters().contains(note.matter())
                    && chosen(
                        note.passes(), numbers.everyPass() ? WhichPasses.ALL : question.passes())
                    && holds(stretch, note.level(), note.at(), note.lag(), note.keys())) {
                  long count = question.basis() == Basis.COHORT ? times.cohort() : times.entered();
                  for (var term : note.label().split(String.valueOf(Part.Noted.BETWEEN), -1)) {
                    row(notes, stretch, note.keys()).add(note.matter(), term, count);
                  }
                }
              });
    }
  }

  private static boolean isOf(Basis basis, Column column) {
    return column == Column.CAPTURED
        || column == Column.CAPTURED_INFERRED
        || column.name().startsWith("NOW_")
        || column.name().startsWith("ENTERED_") == (basis == Basis.PERIOD);
  }

  private static boolean chosen(WhichPasses kept, WhichPasses asked) {
    return kept == WhichPasses.ANY || kept == asked;
  }

  private boolean holds(Question.Stretch stretch, Level level, int at, int lag, UUID id) {
    if (level != stretch.level()
        || at < stretch.from()
        || at >= stretch.to()
        || lag < stretch.fewestDays()
        || lag > stretch.mostDays()) {
      return false;
    }
    var keys = Objects.requireNonNull(kept.keys().get(id));
    for (var only : question.only().entrySet()) {
      if (!only.getValue().contains(keys.get(only.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private Counts row(Question.Plan plan, Question.Stretch stretch, UUID id) {
    var keys = Objects.requireNonNull(kept.keys().get(id));
    var values = new ArrayList<@Nullable String>();
    question.by().forEach(dimension -> values.add(keys.get(dimension)));
    return rows.computeIfAbsent(
        new Key(question.period() == null ? null : plan.periods().get(stretch.period()), values),
        _ -> new Counts());
  }
}
