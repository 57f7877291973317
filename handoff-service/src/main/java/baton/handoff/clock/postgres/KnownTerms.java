package baton.handoff.clock.postgres;

import baton.charter.Agreement;
import baton.charter.time.Calendar;
import baton.charter.time.Hours;
import baton.chassis.charter.Charters;
import baton.handoff.clock.Terms;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Charters from memory; what sellers and days have to say as it was read for one transaction. */
final class KnownTerms implements Terms {
  private final Charters charters;
  private final Map<String, JsonNode> hours;
  private final Map<ZoneId, Integer> mqls;
  private final Map<JsonNode, Calendar> calendars = new HashMap<>();

  KnownTerms(Charters charters, Map<String, JsonNode> hours, Map<ZoneId, Integer> mqls) {
    this.charters = charters;
    this.hours = hours;
    this.mqls = mqls;
  }

  @Override
  public Agreement agreement(int version) {
    return charters.agreement(version);
  }

  @Override
  public @Nullable JsonNode hours(String sellerId) {
    return hours.get(sellerId);
  }

  /** A seller without open hours works when the charter's calendar is open. */
  @Override
  public Calendar calendar(JsonNode written, Agreement charter) {
    return calendars.computeIfAbsent(
        written,
        _ -> {
          var own = own(written, charter.calendar().zone());
          return own == null ? charter.calendar() : own;
        });
  }

  @Override
  public int mqlsOnTheDayOf(Instant at, Calendar calendar) {
    return mqls.getOrDefault(calendar.zone(), 0);
  }

  static @Nullable ZoneId zone(JsonNode written) {
    try {
      return written.path("zone").isTextual() ? ZoneId.of(written.path("zone").textValue()) : null;
    } catch (DateTimeException unknown) {
      return null;
    }
  }

  private static @Nullable Calendar own(JsonNode written, ZoneId charters) {
    var zone = zone(written);
    var week = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
    for (var day : DayOfWeek.values()) {
      var open = new ArrayList<Hours>();
      for (var span :
          written.path("week").path(day.name().substring(0, 3).toLowerCase(Locale.ROOT))) {
        try {
          open.add(Hours.of(span.asText()));
        } catch (IllegalArgumentException unreadable) {
          return null;
        }
      }
      if (!open.isEmpty()) {
        week.put(day, open);
      }
    }
    return week.isEmpty()
        ? null
        : new Calendar(zone == null ? charters : zone, week, null, java.util.Set.of());
  }
}
