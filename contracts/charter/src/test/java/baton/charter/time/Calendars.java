package baton.charter.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** The calendars that the tests talk about, and any other. */
final class Calendars {
  private Calendars() {}

  /** {@code "mon-fri 09:00-18:00"}, {@code "sat 22:00-24:00"}: days, then hours. */
  static Map<DayOfWeek, List<Hours>> week(String... lines) {
    var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
    for (var line : lines) {
      var words = line.split(" ", -1);
      var days = words[0].split("-", -1);
      var hours = Arrays.stream(words).skip(1).map(Hours::of).toList();
      for (var day = day(days[0]); ; day = day.plus(1)) {
        week.put(day, hours);
        if (day == day(days[days.length - 1])) {
          break;
        }
      }
    }
    return week;
  }

  private static DayOfWeek day(String word) {
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> day.name().toLowerCase(java.util.Locale.ROOT).startsWith(word))
        .findFirst()
        .orElseThrow();
  }

  static Calendar in(String zone, String... lines) {
    return new Calendar(ZoneId.of(zone), week(lines), null, Set.of());
  }

  /**
   * A week of any shape: with lunch breaks, nights, single minutes, or the hours the clocks change.
   */
  static Map<DayOfWeek, List<Hours>> anyWeek(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> week("mon-fri 09:00-12:30 13:30-18:00");
      case 1 -> week("mon-sun 00:00-24:00");
      case 2 -> week("mon-fri 00:00-06:00 22:00-24:00", "sat 00:00-06:00", "sun 22:00-24:00");
      case 3 -> week("mon-sun 01:15-02:40 23:10-24:00");
      case 4 -> week("wed 11:59-12:00");
      case 5 -> week("mon-thu 08:00-12:00 13:00-17:00", "fri 08:00-12:00", "sun 00:00-03:00");
      default -> scattered(random);
    };
  }

  private static Map<DayOfWeek, List<Hours>> scattered(SplittableRandom random) {
    var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
    for (var day : DayOfWeek.values()) {
      if (random.nextInt(5) > 0) {
        var edges = new TreeSet<Integer>();
        for (var i = random.nextInt(1, 5) * 2; edges.size() < i; ) {
          edges.add(random.nextInt(24 * 60 + 1));
        }
        var hours = new ArrayList<Hours>();
        while (!edges.isEmpty()) {
          hours.add(new Hours(edges.removeFirst(), edges.removeFirst()));
        }
        week.put(day, hours);
      }
    }
    return week.isEmpty() ? week("thu 10:00-11:00") : week;
  }

  static Set<LocalDate> anyDates(SplittableRandom random, LocalDate around, int days) {
    var dates = new TreeSet<LocalDate>();
    for (var i = random.nextInt(4); i > 0; i--) {
      dates.add(around.plusDays(random.nextInt(days)));
    }
    return dates;
  }
}
