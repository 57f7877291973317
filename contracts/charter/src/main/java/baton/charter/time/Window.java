package baton.charter.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.regex.Pattern;

/**
 * How long a promise has, as a charter writes it. In business time {@code PT8H} is eight open hours
 * and {@code P2D} the same time of day two business days later. On the wall clock {@code PT8H} is
 * eight hours that pass, and {@code P30D} the same time of day thirty dates later (ISO 8601's
 * nominal days: 23, 24 or 25 hours each), in the calendar's zone. Days come before hours where both
 * stand.
 */
public record Window(Period days, Duration time, boolean business) {
  private static final long LONGEST_DAYS = 3_660;
  private static final long LONGEST_SEARCH = Duration.ofDays(2 * LONGEST_DAYS).toMillis();
  private static final Pattern WRITTEN = Pattern.compile("P[0-9YMWD]*(T[0-9HMS.]+)?");

  public Window {
    if (days.isNegative() || time.isNegative()) {
      throw new IllegalArgumentException("a duration is not negative");
    }
    if (days.toTotalMonths() * 31 + days.getDays() + time.toDays() > LONGEST_DAYS) {
      throw new IllegalArgumentException("a duration is at most ten years");
    }
    if (business && days.toTotalMonths() > 0) {
      throw new IllegalArgumentException("business time has no months, say days");
    }
  }

  /** Reads an ISO 8601 duration, {@code P1DT4H}. */
  public static Window of(String written, boolean business) {
    if (!WRITTEN.matcher(written).matches()) {
      throw unreadable(written);
    }
    var time = written.indexOf('T');
    if (business && written.indexOf('W') >= 0) {
      throw new IllegalArgumentException("business time has no weeks, say days");
    }
    try {
      return new Window(
          time == 1
              ? Period.ZERO
              : Period.parse(time < 0 ? written : written.substring(0, time)).normalized(),
          time < 0 ? Duration.ZERO : Duration.parse("P" + written.substring(time)),
          business);
    } catch (DateTimeException | ArithmeticException _) {
      throw unreadable(written);
    }
  }

  private static IllegalArgumentException unreadable(String written) {
    return new IllegalArgumentException(
        "\"%s\" is not an ISO 8601 duration such as PT8H or P2D".formatted(written));
  }

  /** When it is over, if its clock starts at {@code start}. */
  public Instant from(Instant start, Calendar calendar) {
    if (!business) {
      return calendar.addDays(start, days).plus(time);
    }
    var day = calendar.addBusinessDays(start, days.getDays());
    return time.isZero() && !days.isZero() ? day : calendar.add(day, time);
  }

  /** The last instant from which it is over at or before {@code end}; to the millisecond. */
  public Instant latestStart(Instant end, Calendar calendar) {
    var late = end.toEpochMilli() + 1;
    var step = Duration.ofDays(1).toMillis();
    var early = late - step;
    while (!over(early, end, calendar)) {
      if (step > LONGEST_SEARCH) {
        throw new NoOpening("no start is so early that %s is over by %s".formatted(this, end));
      }
      late = early;
      step *= 2;
      early -= step;
    }
    while (late - early > 1) {
      var between = Math.floorDiv(early + late, 2L);
      if (over(between, end, calendar)) {
        early = between;
      } else {
        late = between;
      }
    }
    return Instant.ofEpochMilli(early);
  }

  private boolean over(long start, Instant end, Calendar calendar) {
    try {
      return !from(Instant.ofEpochMilli(start), calendar).isAfter(end);
    } catch (NoOpening _) {
      return false;
    }
  }

  @Override
  public String toString() {
    var written =
        time.isZero()
            ? days.toString()
            : (days.isZero() ? "P" : days.toString()) + time.toString().substring(1);
    return business ? written + " business" : written;
  }
}
