package baton.chassis.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as clients write them: with an offset, in years that every database knows. */
public final class Times {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Times() {}

  /** The instant in milliseconds. */
  public static Instant read(String text) {
    var instant = Instant.parse(text);
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
      throw new DateTimeException("beyond the years 1 to 9999");
    }
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }
}
