package baton.charter;

import baton.charter.Clause.Limit;
import baton.charter.expression.Nearest;
import baton.charter.time.Holidays;
import baton.charter.time.Hours;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the calendars in which clauses count. */
final class CalendarReader {
  /** Every minute of every day: what counts where no calendar is asked for. */
  static final WorkingTime ALWAYS = always();

  static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  private final Faults faults;

  CalendarReader(Faults faults) {
    this.faults = faults;
  }

  /** By their names; there is always a default one. */
  Map<String, WorkingTime> calendars(Section root) {
    var section = root.optionalSection("calendars");
    var calendars = new LinkedHashMap<String, WorkingTime>();
    for (var name : section.keys()) {
      var calendar = section.section(name);
      if (name.equals(Limit.ASSIGNEE)) {
        section.fault(name, "is the word for the seller's own calendar; name it otherwise");
      }
      if (calendar.there()) {
        calendars.put(name, workingTime(calendar));
      } else {
        calendars.put(name, ALWAYS);
      }
    }
    if (section.there() && !calendars.containsKey(Terms.DEFAULT_CALENDAR)) {
      section.fault(
          Terms.DEFAULT_CALENDAR,
          "is required: the calendar that counts where a clause names none");
    }
    calendars.putIfAbsent(Terms.DEFAULT_CALENDAR, ALWAYS);
    return calendars;
  }

  private static WorkingTime always() {
    var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
    for (var day : DayOfWeek.values()) {
      week.put(day, List.of(new Hours(0, 24 * 60)));
    }
    return new WorkingTime(ZoneId.of("UTC"), week, null, new TreeSet<>());
  }

  private WorkingTime workingTime(Section calendar) {
    var zone = zone(calendar);
    var week = week(calendar.section("week"));
    var holidays = holidays(calendar.optionalSection("holidays"));
    var closed = new TreeSet<LocalDate>();
    calendar.list(
        "closed",
        (value, where) -> {
          var date = calendar.dateOf(value, where);
          if (date != null && !closed.add(date)) {
            faults.add(where, date + " is there twice");
          }
          return where;
        });
    calendar.end();
    return new WorkingTime(zone, week, holidays, closed);
  }

  private static ZoneId zone(Section calendar) {
    var zone = calendar.text("zone");
    if (zone.isBlank()) {
      return ZoneOffset.UTC;
    }
    var zones = ZoneId.getAvailableZoneIds();
    if (!zones.contains(zone)) {
      calendar.fault(
          "zone",
          "\"" + zone + "\" isn't a zone such as Europe/Berlin" + Nearest.hint(zone, zones));
      return ZoneOffset.UTC;
    }
    return ZoneId.of(zone);
  }

  private Map<DayOfWeek, List<Hours>> week(Section section) {
    var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
    for (int i = 0; i < DAYS.size(); i++) {
      var day = DAYS.get(i);
      var hours = new ArrayList<Hours>();
      section.list(
          day,
          (value, where) -> {
            var text = section.textOf(value, where);
            if (!text.isBlank()) {
              hoursOf(text, where, hours);
            }
            return where;
          });
      if (!hours.isEmpty()) {
        hours.sort(Comparator.comparingInt(Hours::from));
        week.put(DayOfWeek.of(i + 1), List.copyOf(hours));
      }
    }
    section.end();
    if (week.isEmpty() && section.there()) {
      section.fault("needs at least one open minute, or nothing counted in it would ever be due");
    }
    return week;
  }

  private void hoursOf(String text, String where, List<Hours> day) {
    try {
      var hours = Hours.of(text);
      for (var other : day) {
        if (hours.from() < other.until() && other.from() < hours.until()) {
          faults.add(where, text + " overlaps " + other);
          return;
        }
      }
      day.add(hours);
    } catch (IllegalArgumentException refused) {
      faults.add(where, "\"" + text + "\": " + refused.getMessage());
    }
  }

  private static WorkingTime.@Nullable Place holidays(Section section) {
    if (!section.there()) {
      return null;
    }
    var country = section.text("country");
    var region = section.optionalText("region");
    section.end();
    if (country.isBlank()) {
      return null;
    }
    try {
      Holidays.of(country, null);
    } catch (IllegalArgumentException unknown) {
      section.fault("country", String.valueOf(unknown.getMessage()));
      return null;
    }
    if (region != null && !region.isBlank()) {
      try {
        Holidays.of(country, region);
      } catch (IllegalArgumentException unknown) {
        section.fault("region", String.valueOf(unknown.getMessage()));
        return null;
      }
    }
    return new WorkingTime.Place(country, region);
  }
}
