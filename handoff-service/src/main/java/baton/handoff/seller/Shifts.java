package baton.handoff.seller;

import baton.charter.time.Calendar;
import baton.charter.time.Hours;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * When a seller works: {@code {"zone", "week": {"mon": ["09:00-17:00"]}}}, the week in his own
 * zone, and absences {@code [{"from", "to"}]}, both days included. Without a week he is always in
 * shift, without a zone he is in the charter's.
 */
public record Shifts(@Nullable ZoneId zone, @Nullable Calendar week, List<Absence> absences) {
  /** Days out of office, the last one included. */
  public record Absence(LocalDate from, LocalDate to) {
    boolean covers(LocalDate day) {
      return !day.isBefore(from) && !day.isAfter(to);
    }
  }

  private static final Map<String, DayOfWeek> DAYS =
      Map.of(
          "mon", DayOfWeek.MONDAY,
          "tue", DayOfWeek.TUESDAY,
          "wed", DayOfWeek.WEDNESDAY,
          "thu", DayOfWeek.THURSDAY,
          "fri", DayOfWeek.FRIDAY,
          "sat", DayOfWeek.SATURDAY,
          "sun", DayOfWeek.SUNDAY);
  private static final String DAY_NAMES = "mon, tue, wed, thu, fri, sat, sun";
  private static final Set<String> SHIFT_KEYS = Set.of("zone", "week");
  private static final Set<String> ABSENCE_KEYS = Set.of("from", "to");
  private static final int MOST_ABSENCES = 200;

  public Shifts {
    absences = List.copyOf(absences);
  }

  /** Reads what {@link #read(JsonNode, JsonNode, BiConsumer)} found nothing wrong with. */
  public static Shifts of(@Nullable JsonNode shifts, @Nullable JsonNode outOfOffice) {
    return read(shifts, outOfOffice, (pointer, fault) -> {});
  }

  /** Tells every fault with its JSON Pointer; what is faulty is left out. */
  public static Shifts read(
      @Nullable JsonNode shifts,
      @Nullable JsonNode outOfOffice,
      BiConsumer<String, String> faults) {
    ZoneId zone = null;
    Calendar week = null;
    if (shifts != null && !shifts.isNull()) {
      if (!shifts.isObject()) {
        faults.accept("/shifts", "must be an object with zone and week");
      } else {
        unknown(shifts, SHIFT_KEYS, "/shifts", faults);
        zone = zone(shifts.get("zone"), faults);
        week = week(shifts.get("week"), zone, faults);
      }
    }
    return new Shifts(zone, week, absences(outOfOffice, faults));
  }

  /** Where he is; {@code standIn} is the zone of who has none. */
  public Presence at(Instant now, ZoneId standIn) {
    var today = ZonedDateTime.ofInstant(now, zone == null ? standIn : zone).toLocalDate();
    var until =
        absences.stream()
            .filter(absence -> absence.covers(today))
            .map(Absence::to)
            .max(LocalDate::compareTo);
    if (until.isPresent()) {
      return new Presence.Away(until.get());
    }
    return week == null || week.isOpen(now)
        ? Presence.HERE
        : new Presence.Off(week.nextOpening(now));
  }

  private static @Nullable ZoneId zone(
      @Nullable JsonNode written, BiConsumer<String, String> faults) {
    if (written == null || written.isNull()) {
      return null;
    }
    try {
      if (written.isTextual() && ZoneId.getAvailableZoneIds().contains(written.textValue())) {
        return ZoneId.of(written.textValue());
      }
    } catch (DateTimeException unknown) {
      // said below
    }
    faults.accept("/shifts/zone", "must be a time zone such as Europe/Berlin");
    return null;
  }

  private static @Nullable Calendar week(
      @Nullable JsonNode written, @Nullable ZoneId zone, BiConsumer<String, String> faults) {
    if (written == null || written.isNull()) {
      return null;
    }
    if (!written.isObject()) {
      faults.accept("/shifts/week", "must be an object of " + DAY_NAMES);
      return null;
    }
    if (zone == null) {
      faults.accept("/shifts/zone", "is required beside week: a time zone such as Europe/Berlin");
    }
    var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
    for (var entry : written.properties()) {
      var pointer = "/shifts/week/" + entry.getKey();
      var day = DAYS.get(entry.getKey().toLowerCase(Locale.ROOT));
      if (day == null) {
        faults.accept(pointer, "is not a day: days are " + DAY_NAMES);
      } else {
        week.put(day, hours(entry.getValue(), pointer, faults));
      }
    }
    if (week.values().stream().allMatch(List::isEmpty)) {
      faults.accept("/shifts/week", "must have at least one open minute");
      return null;
    }
    return zone == null ? null : new Calendar(zone, week, null, Set.of());
  }

  private static List<Hours> hours(
      JsonNode written, String pointer, BiConsumer<String, String> faults) {
    if (!written.isArray()) {
      faults.accept(pointer, "must be a list of hours such as 09:00-12:30");
      return List.of();
    }
    var hours = new ArrayList<Hours>();
    for (var i = 0; i < written.size(); i++) {
      try {
        hours.add(Hours.of(written.get(i).asText()));
      } catch (IllegalArgumentException unreadable) {
        faults.accept(pointer + "/" + i, String.valueOf(unreadable.getMessage()));
      }
    }
    return hours;
  }

  private static List<Absence> absences(
      @Nullable JsonNode written, BiConsumer<String, String> faults) {
    if (written == null || written.isNull()) {
      return List.of();
    }
    if (!written.isArray()) {
      faults.accept("/outOfOffice", "must be a list of {\"from\", \"to\"}");
      return List.of();
    }
    if (written.size() > MOST_ABSENCES) {
      faults.accept("/outOfOffice", "must not be more than " + MOST_ABSENCES);
      return List.of();
    }
    var absences = new ArrayList<Absence>();
    for (var i = 0; i < written.size(); i++) {
      var pointer = "/outOfOffice/" + i;
      var absence = written.get(i);
      if (!absence.isObject()) {
        faults.accept(pointer, "must be an object with from and to");
        continue;
      }
      unknown(absence, ABSENCE_KEYS, pointer, faults);
      var from = date(absence.get("from"), pointer + "/from", faults);
      var to = date(absence.get("to"), pointer + "/to", faults);
      if (from != null && to != null && to.isBefore(from)) {
        faults.accept(pointer + "/to", "must not be before from");
      } else if (from != null && to != null) {
        absences.add(new Absence(from, to));
      }
    }
    return absences;
  }

  private static @Nullable LocalDate date(
      @Nullable JsonNode written, String pointer, BiConsumer<String, String> faults) {
    try {
      if (written != null && written.isTextual()) {
        return LocalDate.parse(written.textValue());
      }
    } catch (DateTimeParseException unreadable) {
      // said below
    }
    faults.accept(pointer, "must be a date such as 2026-12-24");
    return null;
  }

  private static void unknown(
      JsonNode object, Set<String> keys, String pointer, BiConsumer<String, String> faults) {
    for (var entry : object.properties()) {
      if (!keys.contains(entry.getKey())) {
        faults.accept(pointer + "/" + entry.getKey(), "is not known here");
      }
    }
  }
}
