package baton.charter.time;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The public holidays of a country, or of a region of it. Days on which only banks or schools close
 * and days that are merely observed are working days; who means them lists them as closed days.
 */
public final class Holidays {
  private static final Map<Place, Holidays> KNOWN = new ConcurrentHashMap<>();

  private record Place(String country, @Nullable String region) {}

  private final Place place;
  private final HolidayManager manager;
  private final String[] hierarchy;
  private final Map<Integer, SortedMap<LocalDate, String>> years = new ConcurrentHashMap<>();

  private Holidays(Place place) {
    this.place = place;
    this.manager =
        HolidayManager.getInstance(
            ManagerParameters.create(place.country().toLowerCase(Locale.ROOT)));
    this.hierarchy =
        place.region() == null
            ? new String[0]
            : place.region().toLowerCase(Locale.ROOT).split("-", -1);
    var within = manager.getCalendarHierarchy();
    for (var step : hierarchy) {
      within = child(within, step);
    }
  }

  /**
   * The country by its ISO 3166-1 code; the region by the second half of its ISO 3166-2 code,
   * {@code BE} for Berlin, and a city by one more step, {@code BY-AG} for Augsburg.
   */
  public static Holidays of(String country, @Nullable String region) {
    var code = country.toUpperCase(Locale.ROOT);
    if (code.length() != 2 || !HolidayManager.getSupportedCalendarCodes().contains(code)) {
      throw new IllegalArgumentException("no holidays are known of a country " + country);
    }
    return KNOWN.computeIfAbsent(
        new Place(code, region == null ? null : region.toUpperCase(Locale.ROOT)), Holidays::new);
  }

  private CalendarHierarchy child(CalendarHierarchy within, String step) {
    var child = within.getChildren().get(step);
    if (child == null) {
      throw new IllegalArgumentException(
          "no holidays are known of a region %s of %s; known: %s"
              .formatted(
                  step.toUpperCase(Locale.ROOT),
                  within.getId().toUpperCase(Locale.ROOT),
                  new TreeSet<>(within.getChildren().keySet())
                      .stream()
                          .map(known -> known.toUpperCase(Locale.ROOT))
                          .collect(Collectors.joining(", "))));
    }
    return child;
  }

  /** The holidays of one year and what they are called. */
  public SortedMap<LocalDate, String> in(int year) {
    return years.computeIfAbsent(year, this::read);
  }

  /** A holiday that moves to a weekday can leave its year, so the neighbours are asked too. */
  private SortedMap<LocalDate, String> read(int year) {
    var found = new TreeMap<LocalDate, String>();
    synchronized (manager) {
      for (var asked = year - 1; asked <= year + 1; asked++) {
        for (var holiday :
            manager.getHolidays(Year.of(asked), HolidayType.PUBLIC_HOLIDAY, hierarchy)) {
          if (holiday.getDate().getYear() == year) {
            found.merge(
                holiday.getDate(),
                holiday.getDescription(Locale.ENGLISH),
                (one, other) -> one.compareTo(other) <= 0 ? one : other);
          }
        }
      }
    }
    return Collections.unmodifiableSortedMap(found);
  }

  @Override
  public String toString() {
    return place.region() == null ? place.country() : place.country() + "-" + place.region();
  }
}
