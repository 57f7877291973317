package baton.charter.clause;

import baton.charter.Clause;
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

  @Override
  public String toString() {
    return "%s to %s".formatted(from, before.minusDays(1));
  }
}
