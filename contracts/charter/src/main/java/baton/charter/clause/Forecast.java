package baton.charter.clause;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a period will end if it goes on as it began: a number of MQLs, or a share to four decimals;
 * {@code expected} is null where it is too early to say.
 */
public record Forecast(
    Outlook outlook, BigDecimal promised, @Nullable BigDecimal expected, List<String> lines) {
  public enum Outlook {
    ON_TRACK,
    AT_RISK,
    WILL_NOT_BE_JUDGED,
    TOO_EARLY
  }

  public Forecast {
    lines = List.copyOf(lines);
  }
}
