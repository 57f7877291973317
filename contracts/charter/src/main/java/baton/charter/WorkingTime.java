package baton.charter;

import baton.charter.time.Calendar;
import baton.charter.time.Holidays;
import baton.charter.time.Hours;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A calendar as it is written: hours by day of the week, holidays by place, days closed. */
public record WorkingTime(
    ZoneId zone,
    Map<DayOfWeek, List<Hours>> week,
    @Nullable Place holidays,
    SortedSet<LocalDate> closed) {

  /** Whose public holidays count: a country, or a region of it. */
  public record Place(String country, @Nullable String region) {
    @Override
    public String toString() {
      return region == null ? country : country + "-" + region;
    }
  }

  public WorkingTime {
    week = Ordered.map(week);
    closed = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(closed));
  }

  /** What deadlines are counted in. */
  Calendar calendar() {
    return new Calendar(
        zone,
        week,
        holidays == null ? null : Holidays.of(holidays.country(), holidays.region()),
        closed);
  }
}
