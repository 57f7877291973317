package baton.local.load;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.chrono.IsoEra;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a column writes its dates. A date without a time is that day's midnight in the zone; an
 * offset in the text itself goes before the zone.
 */
public record DateForm(String pattern, DateTimeFormatter formatter, ZoneId zone) {
  static DateForm of(String pattern, @Nullable String zone) {
    return new DateForm(
        pattern,
        new DateTimeFormatterBuilder()
            .appendPattern(pattern)
            .parseDefaulting(ChronoField.ERA, IsoEra.CE.getValue())
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT),
        zone == null ? ZoneId.of("UTC") : ZoneId.of(zone));
  }

  Instant instant(String text) {
    try {
      var parsed = formatter.parse(text);
      if (parsed.query(TemporalQueries.offset()) != null) {
        return OffsetDateTime.from(parsed).toInstant();
      }
      var time = parsed.query(TemporalQueries.localTime());
      return LocalDate.from(parsed)
          .atTime(time == null ? LocalTime.MIDNIGHT : time)
          .atZone(zone)
          .toInstant();
    } catch (DateTimeException bad) {
      throw new IllegalArgumentException("'" + text + "' is not a date like " + pattern, bad);
    }
  }
}
