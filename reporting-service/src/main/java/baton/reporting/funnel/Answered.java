package baton.reporting.funnel;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How offers were answered. Silence that the charter takes for consent is no answer, and stands
 * beside, as do those still open.
 *
 * @param reasons of the rejected; an empty one where none was given
 */
public record Answered(
    long accepted, long rejected, long deemed, long open, SortedMap<String, Long> reasons) {
  public Answered {
    reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
  }

  public static Answered of(Counts counts) {
    long accepted = 0;
    long deemed = 0;
    long open = 0;
    var reasons = new TreeMap<String, Long>();
    for (var term : counts.noted(Matter.DECISION).entrySet()) {
      var words = Term.words(term.getKey());
      long count = term.getValue();
      switch (words.getFirst()) {
        case "accepted" -> accepted += count;
        case "deemed" -> deemed += count;
        case "open" -> open += count;
        default -> reasons.merge(words.get(1), count, Long::sum);
      }
    }
    return new Answered(
        accepted,
        reasons.values().stream().mapToLong(Long::longValue).sum(),
        deemed,
        open,
        reasons);
  }

  /** Explicitly, one way or the other. */
  public long decided() {
    return accepted + rejected;
  }
}
