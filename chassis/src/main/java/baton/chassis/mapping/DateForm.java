package baton.chassis.mapping;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoEra;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * How somebody writes dates, as {@code dd.MM.yyyy HH:mm in Europe/Berlin}; UTC where no zone is
 * said. A date without a time is that day's midnight in the zone; an offset in the text itself goes
 * before the zone. Months have their English names.
 */
record DateForm(DateTimeFormatter formatter, ZoneId zone) {
  private static final String IN = " in ";

  /** Throws an IllegalArgumentException that says what is wrong with it. */
  static DateForm of(String text) {
    int in = text.lastIndexOf(IN);
    var pattern = in < 0 ? text : text.substring(0, in);
    try {
      return new DateForm(
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(pattern.strip())
              .parseDefaulting(ChronoField.ERA, IsoEra.CE.getValue())
              .toFormatter(Locale.ENGLISH)
              .withResolverStyle(ResolverStyle.STRICT),
          in < 0 ? ZoneOffset.UTC : ZoneId.of(text.substring(in + IN.length()).strip()));
    } catch (DateTimeException | IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no form of a date such as dd.MM.yyyy HH:mm in Europe/Berlin", wrong);
    }
  }

  /** Throws a DateTimeException where the text isn't written so. */
  Instant instant(String text) {
    var parsed = formatter.parse(text);
    if (parsed.query(TemporalQueries.offset()) != null) {
      return OffsetDateTime.from(parsed).toInstant();
    }
    var time = parsed.query(TemporalQueries.localTime());
    return LocalDate.from(parsed)
        .atTime(time == null ? LocalTime.MIDNIGHT : time)
        .atZone(zone)
        .toInstant();
  }
}
