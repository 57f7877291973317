package baton.reporting.meeting;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.regex.Pattern;

/** A week as ISO 8601 counts them, from its Monday to the Monday after. */
public record Week(LocalDate from) {
  private static final Pattern FORM = Pattern.compile("(19[7-9]|[2-9]\\d{2})\\d-W\\d{2}");

  public static Week of(LocalDate day) {
    return new Week(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
  }

  /** Nothing where no week is called so. */
  public static Optional<Week> named(String word) {
    try {
      return FORM.matcher(word).matches()
          ? Optional.of(new Week(LocalDate.parse(word + "-1", DateTimeFormatter.ISO_WEEK_DATE)))
          : Optional.empty();
    } catch (DateTimeException notThatMany) {
      return Optional.empty();
    }
  }

  /** Its name: 2026-W09. */
  public String word() {
    return "%04d-W%02d"
        .formatted(
            from.get(IsoFields.WEEK_BASED_YEAR), from.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  /** The first day no more. */
  public LocalDate to() {
    return from.plusWeeks(1);
  }

  public Week before() {
    return new Week(from.minusWeeks(1));
  }

  public Instant begins(ZoneId zone) {
    return from.atStartOfDay(zone).toInstant();
  }

  public Instant ends(ZoneId zone) {
    return to().atStartOfDay(zone).toInstant();
  }
}
