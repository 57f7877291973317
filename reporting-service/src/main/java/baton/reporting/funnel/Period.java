package baton.reporting.funnel;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A stretch of the calendar to group by; weeks are ISO's. */
public enum Period {
  DAY,
  WEEK,
  MONTH,
  QUARTER;

  public static Optional<Period> named(String word) {
    return Arrays.stream(values()).filter(period -> period.word().equals(word)).findFirst();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The first day of the one that holds this day. */
  public LocalDate start(LocalDate day) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
      case QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1L);
    };
  }

  LocalDate next(LocalDate start) {
    return switch (this) {
      case DAY -> start.plusDays(1);
      case WEEK -> start.plusWeeks(1);
      case MONTH -> start.plusMonths(1);
      case QUARTER -> start.plusMonths(3);
    };
  }

  /** The day after the last of the one that is called so. */
  LocalDate end(String name) {
    return next(
        switch (this) {
          case DAY -> LocalDate.parse(name);
          case WEEK -> LocalDate.parse(name + "-1", DateTimeFormatter.ISO_WEEK_DATE);
          case MONTH -> LocalDate.parse(name + "-01");
          case QUARTER -> {
            int dash = name.lastIndexOf('-');
            int quarter = Integer.parseInt(name.substring(dash + 2));
            yield LocalDate.of(Integer.parseInt(name.substring(0, dash)), 3 * quarter - 2, 1);
          }
        });
  }

  /** Its name: 2026-03-01, 2026-W09, 2026-03, 2026-Q1. */
  public String name(LocalDate start) {
    return switch (this) {
      case DAY -> start.toString();
      case WEEK ->
          "%04d-W%02d"
              .formatted(
                  start.get(IsoFields.WEEK_BASED_YEAR),
                  start.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case MONTH -> "%04d-%02d".formatted(start.getYear(), start.getMonthValue());
      case QUARTER -> "%04d-Q%d".formatted(start.getYear(), start.get(IsoFields.QUARTER_OF_YEAR));
    };
  }
}
