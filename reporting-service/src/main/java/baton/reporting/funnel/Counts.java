package baton.reporting.funnel;

import baton.reporting.funnel.Part.Kind;
import baton.reporting.journey.Ending;
import baton.reporting.journey.How;
import baton.reporting.journey.Stage;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The sums of one row of a report. */
public final class Counts {
  private final long[] counts = new long[Column.values().length];
  private final EnumMap<Kind, TreeMap<String, BigDecimal>> tallies = new EnumMap<>(Kind.class);
  private final EnumMap<Matter, TreeMap<String, Long>> notes = new EnumMap<>(Matter.class);

  public void add(Column column, long count) {
    counts[column.ordinal()] += count;
  }

  public void add(Kind kind, String label, BigDecimal amount) {
    tallies.computeIfAbsent(kind, _ -> new TreeMap<>()).merge(label, amount, BigDecimal::add);
  }

  public void add(Matter matter, String term, long count) {
    notes.computeIfAbsent(matter, _ -> new TreeMap<>()).merge(term, count, Long::sum);
  }

  public void add(Counts other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    other.tallies.forEach(
        (kind, amounts) -> amounts.forEach((label, amount) -> add(kind, label, amount)));
    other.notes.forEach(
        (matter, terms) -> terms.forEach((term, count) -> add(matter, term, count)));
  }

  public long reached(Stage stage, Basis basis) {
    return counts[Column.of(stage, basis == Basis.PERIOD).ordinal()];
  }

  /** How many of those got there only in this way. */
  public long reached(Stage stage, How how, Basis basis) {
    var column = Column.of(stage, how, basis == Basis.PERIOD);
    return column == null ? 0 : counts[column.ordinal()];
  }

  /** Those that marketing said were ready; what is only inferred doesn't count for it. */
  public long mqls(Basis basis) {
    return reached(Stage.MQL, basis) - reached(Stage.MQL, How.INFERRED, basis);
  }

  public long now(@Nullable Ending ending) {
    return counts[Column.now(ending).ordinal()];
  }

  /** What was counted by a word; nothing that came to nothing. */
  public Map<String, BigDecimal> tallied(Kind kind) {
    var amounts = new TreeMap<>(tallies.getOrDefault(kind, new TreeMap<>()));
    amounts.values().removeIf(amount -> amount.signum() == 0);
    return amounts;
  }

  /** How often each term was noted; none that came to nothing. */
  public Map<String, Long> noted(Matter matter) {
    var terms = new TreeMap<>(notes.getOrDefault(matter, new TreeMap<>()));
    terms.values().removeIf(count -> count == 0);
    return terms;
  }

  /** Cells whose leads have all moved elsewhere are still there, and say nothing. */
  public boolean none() {
    for (var count : counts) {
      if (count != 0) {
        return false;
      }
    }
    return tallies.keySet().stream().allMatch(kind -> tallied(kind).isEmpty())
        && notes.keySet().stream().allMatch(matter -> noted(matter).isEmpty());
  }
}
