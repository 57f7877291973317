package baton.charter.clause;

import baton.charter.Clause;
import baton.charter.time.Calendar;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * The dates that a clause is judged over, to before {@code before}, as the zone's wall clock has
 * them.
 */
public record Stretch(LocalDate from, LocalDate before, ZoneId zone) {

  /**
   * The period around an instant; weeks begin on Monday, quarters with the month of the fiscal
   * year.
   */
  public static Stretch around(
      Instant instant, Clause.Period per, ZoneId zone, int fiscalYearStart) {
    var date = instant.atZone(zone).toLocalDate();
    return switch (per) {
      case DAY -> new Stretch(date, date.plusDays(1), zone);
      case WEEK -> {
        var monday = date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        yield new Stretch(monday, monday.plusDays(7), zone);
      }
      case MONTH -> months(date, 0, 1, zone);
      case QUARTER ->
          months(date, Math.floorMod(date.getMonthValue() - fiscalYearStart, 3), 3, zone);
    };
  }

  private static Stretch months(LocalDate date, int gone, int length, ZoneId zone) {
    var first = date.withDayOfMonth(1).minusMonths(gone);
    return new Stretch(first, first.plusMonths(length), zone);
  }

  public Instant starts() {
    return from.atStartOfDay(zone).toInstant();
  }

  /** The first instant that no longer belongs to it: when it is judged. */
  public Instant ends() {
    return before.atStartOfDay(zone).toInstant();
  }

  /** The share of the period's business days that is over, today's by its open time: 0 to 1. */
  public BigDecimal gone(Calendar calendar, Instant now) {
    var today = now.atZone(zone).toLocalDate();
    if (today.isBefore(from)) {
      return BigDecimal.ZERO;
    }
    if (!today.isBefore(before)) {
      return BigDecimal.ONE;
    }
    var all = calendar.businessDays(from, before);
    if (all == 0) {
      return BigDecimal.ZERO;
    }
    var start = today.atStartOfDay(zone).toInstant();
    var open = calendar.between(start, today.plusDays(1).atStartOfDay(zone).toInstant());
    var days = BigDecimal.valueOf(calendar.businessDays(from, today));
    if (!open.isZero()) {
      days = days.add(quotient(calendar.between(start, now).toMillis(), open.toMillis()));
    }
    return days.divide(BigDecimal.valueOf(all), MathContext.DECIMAL64);
  }

  private static BigDecimal quotient(long dividend, long divisor) {
    return BigDecimal.valueOf(dividend).divide(BigDecimal.valueOf(divisor), MathContext.DECIMAL64);
  }

  @Override
  public String toString() {
    return "%s to %s".formatted(from, before.minusDays(1));
  }
}
