package baton.reporting.funnel;

import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How long something took, for many: counts by buckets, so that they add up and can be taken back.
 * A bucket's value is within 1 % of all that is in it. For whom it has not come yet, it takes
 * longest.
 */
public final class Durations {
  private static final IndexMapping BUCKETS = new LogarithmicMapping(0.0095);
  private static final String AT_ONCE = "0";
  private static final String NEVER = "never";

  private final TreeMap<Integer, Long> counts = new TreeMap<>();
  private long atOnce;
  private long never;

  /** The bucket that holds this; what came before it began took no time. */
  static String bucket(@Nullable Duration took) {
    if (took == null) {
      return NEVER;
    }
    return took.isPositive() ? "b" + BUCKETS.index(took.toMillis()) : AT_ONCE;
  }

  void add(String bucket, long count) {
    switch (bucket) {
      case AT_ONCE -> atOnce += count;
      case NEVER -> never += count;
      default -> counts.merge(Integer.valueOf(bucket.substring(1)), count, Long::sum);
    }
  }

  Durations plus(Durations other) {
    var sum = new Durations();
    for (var some : List.of(this, other)) {
      sum.atOnce += some.atOnce;
      sum.never += some.never;
      some.counts.forEach((bucket, count) -> sum.counts.merge(bucket, count, Long::sum));
    }
    return sum;
  }

  /** For how many it came. */
  public long count() {
    return atOnce + counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** For how many it has not come. */
  public long never() {
    return never;
  }

  /**
   * The time within which it came for this share of all, by nearest rank; null if that is one for
   * whom it has not come, or there are none.
   */
  public @Nullable Duration percentile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * (count() + never)));
    long passed = atOnce;
    if (passed >= rank) {
      return Duration.ZERO;
    }
    for (var bucket : counts.entrySet()) {
      passed += bucket.getValue();
      if (passed >= rank) {
        return Duration.ofMillis(Math.round(BUCKETS.value(bucket.getKey())));
      }
    }
    return null;
  }
}
