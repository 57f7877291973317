package baton.handoff.pass;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** To which of a lead's passes a fact belongs. */
public final class Passes {
  /** The order that numbers a lead's passes. */
  public static final Comparator<Pass> IN_ORDER =
      Comparator.comparing(Pass::qualifiedAt).thenComparing(Pass::passId, Passes::unsigned);

  private Passes() {}

  /**
   * The pass the fact names; else the latest that was qualified by then; else the first, since
   * deals are dated before first contacts too.
   */
  public static @Nullable Pass of(
      Collection<Pass> passes, @Nullable UUID named, Instant occurredAt) {
    if (named != null) {
      return passes.stream().filter(pass -> pass.passId().equals(named)).findAny().orElse(null);
    }
    return passes.stream()
        .filter(pass -> !pass.qualifiedAt().isAfter(occurredAt))
        .max(IN_ORDER)
        .or(() -> passes.stream().min(IN_ORDER))
        .orElse(null);
  }

  /** UUIDs compare as their text and as PostgreSQL does, not as Java's signed halves do. */
  private static int unsigned(UUID one, UUID other) {
    var high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
  }
}
