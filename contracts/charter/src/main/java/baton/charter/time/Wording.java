package baton.charter.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Times as evidence writes them: exact, and with the offset, so that no reader has to guess. */
public final class Wording {
  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

  private Wording() {}

  /** {@code Mon 2026-11-23 09:05 +01:00}; seconds only where there are any. */
  public static String of(Instant instant, ZoneId zone) {
    var at = instant.atZone(zone);
    return of(at.toLocalDate()) + " " + time(at) + " " + offset(at);
  }

  /** {@code Mon 2026-11-23}. */
  public static String of(LocalDate date) {
    return DAYS.get(date.getDayOfWeek().ordinal()) + " " + date;
  }

  /** {@code 8 h 30 min}. */
  public static String of(Duration duration) {
    var parts = new ArrayList<String>();
    if (duration.toHours() != 0) {
      parts.add(duration.toHours() + " h");
    }
    if (duration.toMinutesPart() != 0) {
      parts.add(duration.toMinutesPart() + " min");
    }
    if (duration.toSecondsPart() != 0) {
      parts.add(duration.toSecondsPart() + " s");
    }
    if (duration.toMillisPart() != 0) {
      parts.add(duration.toMillisPart() + " ms");
    }
    return parts.isEmpty() ? "0 min" : String.join(" ", parts);
  }

  /** {@code Mon 2026-11-23 09:00-12:30 +01:00}, and both ends in full where they need it. */
  static String between(Instant from, Instant to, ZoneId zone) {
    var start = from.atZone(zone);
    var end = to.atZone(zone);
    if (!start.getOffset().equals(end.getOffset())) {
      return of(from, zone) + " to " + of(to, zone);
    }
    if (start.toLocalDate().equals(end.toLocalDate())) {
      return of(start.toLocalDate()) + " " + time(start) + "-" + time(end) + " " + offset(start);
    }
    if (end.toLocalDateTime().equals(start.toLocalDate().plusDays(1).atStartOfDay())) {
      return of(start.toLocalDate()) + " " + time(start) + "-24:00 " + offset(start);
    }
    return of(from, zone) + " to " + of(to, zone);
  }

  private static String time(ZonedDateTime at) {
    return at.toLocalTime().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static String offset(ZonedDateTime at) {
    return at.getOffset().getTotalSeconds() == 0 ? "+00:00" : at.getOffset().getId();
  }
}
