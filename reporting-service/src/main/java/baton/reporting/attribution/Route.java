package baton.reporting.attribution;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way that a lead went: to a deal, or as far as it got. */
public sealed interface Route {
  /** When it ended. */
  Instant at();

  /**
   * A won deal and what led to it.
   *
   * @param amount null if nobody said it
   */
  record Won(Path path, @Nullable BigDecimal amount, @Nullable String currency, int charter)
      implements Route {
    @Override
    public Instant at() {
      return path.end();
    }
  }

  /** The touches of a lead that won nothing, until the last. */
  record Unwon(Instant at, List<Whence> touches) implements Route {}
}
