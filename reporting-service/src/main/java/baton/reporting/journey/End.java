package baton.reporting.journey;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The end of a pass. A win outranks every other end, else the earliest end holds. */
public record End(Ending ending, Instant at, @Nullable String reason, int charter) {
  private static final Comparator<End> FIRST_HOLDS =
      Comparator.comparing((End end) -> end.ending != Ending.WON)
          .thenComparing(End::at)
          .thenComparing(End::ending)
          .thenComparing(End::reason, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(End::charter);

  static @Nullable End holding(@Nullable End one, End other) {
    return one == null || FIRST_HOLDS.compare(other, one) < 0 ? other : one;
  }
}
