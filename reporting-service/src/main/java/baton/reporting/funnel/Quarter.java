package baton.reporting.funnel;

import java.time.Instant;

/** The finest time of a report: quarters of an hour, counted in UTC since 1970. */
public final class Quarter {
  public static final int PER_HOUR = 4;
  public static final int PER_DAY = 96;

  /** Before, and after, all that can be counted. */
  public static final int EVER = Integer.MIN_VALUE;

  public static final int NEVER = Integer.MAX_VALUE;

  private static final long MILLIS = 900_000;
  private static final long DAY = 86_400_000;

  private Quarter() {}

  /** The quarter in which this happened. */
  public static int of(Instant instant) {
    return Math.toIntExact(Math.floorDiv(instant.toEpochMilli(), MILLIS));
  }

  public static Instant start(int quarter) {
    return Instant.ofEpochMilli(quarter * MILLIS);
  }

  /** In how many days, rounded up, this was reached; what was reached before it began took none. */
  static int lag(Instant began, Instant reached) {
    long took = reached.toEpochMilli() - began.toEpochMilli();
    return took <= 0 ? 0 : Math.toIntExact(Math.ceilDiv(took, DAY));
  }
}
