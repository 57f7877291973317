package baton.reporting.funnel;

import baton.reporting.journey.Stage;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How long leads take, and until when any were heard of: what tells a cohort that has had its time
 * from one whose numbers are still to grow.
 *
 * @param days of those who reached a stage, in how many days after their capture nine of ten had
 * @param last the last quarter of an hour in which anything was counted, to the day; null where
 *     nothing was
 */
public record Maturity(Map<Stage, Integer> days, @Nullable Integer last) {
  public static final Maturity UNKNOWN = new Maturity(Map.of(), null);

  public Maturity {
    days = Map.copyOf(days);
  }

  /**
   * @param reached by days since the capture, how many reached each stage
   */
  public static Maturity of(
      Map<Stage, ? extends SortedMap<Integer, Long>> reached, @Nullable Integer last) {
    var days = new EnumMap<Stage, Integer>(Stage.class);
    reached.forEach(
        (stage, byLag) -> {
          long all = byLag.values().stream().mapToLong(Long::longValue).sum();
          long rank = Math.ceilDiv(all * 9, 10L);
          long sofar = 0;
          for (var each : byLag.entrySet()) {
            sofar += each.getValue();
            if (all > 0 && sofar >= rank) {
              days.put(stage, each.getKey());
              break;
            }
          }
        });
    return new Maturity(days, last);
  }

  /** Of the slowest stage; null where nobody got anywhere. */
  @Nullable Integer longest() {
    return days.values().stream().max(Comparator.naturalOrder()).orElse(null);
  }
}
