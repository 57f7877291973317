package baton.reporting.funnel;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How promises of one clause fared.
 *
 * @param met kept in time
 * @param breached judged broken, or open past due
 * @param excused broken, and excused by the other side
 * @param open not yet due
 * @param overrun by what would have kept it, how long after it was due that came
 */
public record Promises(
    long met, long breached, long excused, long open, Map<String, Durations> overrun) {

  /** A clause and the word for the side that owes it. */
  public record Clause(String id, String owedBy) implements Comparable<Clause> {
    private static final Comparator<Clause> ORDER =
        Comparator.comparing(Clause::owedBy).reversed().thenComparing(Clause::id);

    @Override
    public int compareTo(Clause other) {
      return ORDER.compare(this, other);
    }
  }

  private static final Promises NONE = new Promises(0, 0, 0, 0, Map.of());

  public Promises {
    overrun = Map.copyOf(overrun);
  }

  /** By clause, sales' first. */
  public static SortedMap<Clause, Promises> of(Counts counts, Instant now) {
    var promises = new TreeMap<Clause, Promises>();
    counts
        .noted(Matter.PROMISE)
        .forEach(
            (term, count) -> {
              var words = Term.words(term);
              promises.merge(
                  new Clause(words.get(0), words.get(1)),
                  switch (words.get(2)) {
                    case "met" -> new Promises(count, 0, 0, 0, Map.of());
                    case "breached" -> new Promises(0, count, 0, 0, Map.of());
                    case "excused" -> new Promises(0, 0, count, 0, Map.of());
                    default -> new Promises(0, 0, 0, 0, over(words.get(3), words.get(4), count));
                  },
                  Promises::plus);
            });
    counts
        .noted(Matter.OPEN_PROMISE)
        .forEach(
            (term, count) -> {
              var words = Term.words(term);
              boolean due = Long.parseLong(words.get(2)) < now.toEpochMilli();
              promises.merge(
                  new Clause(words.get(0), words.get(1)),
                  new Promises(0, due ? count : 0, 0, due ? 0 : count, Map.of()),
                  Promises::plus);
            });
    return promises;
  }

  private static Map<String, Durations> over(String deed, String bucket, long count) {
    var durations = new Durations();
    durations.add(bucket, count);
    return Map.of(deed, durations);
  }

  /** Those of these clauses together. */
  public static Promises sum(Counts counts, Instant now, Predicate<Clause> which) {
    var promises = of(counts, now);
    promises.keySet().removeIf(which.negate());
    return sum(promises.values());
  }

  public static Promises sum(Iterable<Promises> some) {
    var sum = NONE;
    for (var each : some) {
      sum = sum.plus(each);
    }
    return sum;
  }

  Promises plus(Promises other) {
    var over = new HashMap<>(overrun);
    other.overrun.forEach((deed, durations) -> over.merge(deed, durations, Durations::plus));
    return new Promises(
        met + other.met,
        breached + other.breached,
        excused + other.excused,
        open + other.open,
        over);
  }
}
