package baton.local.audit;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How long something took: those to whom it never came are the slowest and are never left out. */
record Span(long[] millis, long never) {
  Span {
    millis = millis.clone();
    Arrays.sort(millis);
  }

  long count() {
    return millis.length + never;
  }

  /** By nearest rank; null where it falls among those to whom it never came, or there are none. */
  @Nullable Duration percentile(double share) {
    int rank = (int) Math.ceil(share * count()) - 1;
    return rank < 0 || rank >= millis.length ? null : Duration.ofMillis(millis[rank]);
  }
}
