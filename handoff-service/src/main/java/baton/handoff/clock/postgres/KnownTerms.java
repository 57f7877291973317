package baton.handoff.clock.postgres;

import baton.charter.Agreement;
import baton.charter.time.Calendar;
import baton.chassis.charter.Charters;
import baton.handoff.clock.Terms;
import baton.handoff.seller.Shifts;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Charters from memory; what sellers and days have to say as it was read for one transaction. */
final class KnownTerms implements Terms {
  private final Charters charters;
  private final Map<String, JsonNode> hours;
  private final Map<ZoneId, Integer> mqls;

  /** What a seller wrote without a zone is in that of the charter. */
  private final Map<Agreement, Map<JsonNode, Calendar>> calendars = new IdentityHashMap<>();

  KnownTerms(Charters charters, Map<String, JsonNode> hours, Map<ZoneId, Integer> mqls) {
    this.charters = charters;
    this.hours = hours;
    this.mqls = mqls;
  }

  /** Where neither sellers nor days have to be asked. */
  static KnownTerms of(Charters charters) {
    return new KnownTerms(charters, Map.of(), Map.of());
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
    return calendars
        .computeIfAbsent(charter, _ -> new HashMap<>())
        .computeIfAbsent(
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
    return Shifts.of(written, null).zone();
  }

  private static @Nullable Calendar own(JsonNode written, ZoneId charters) {
    var shifts = Shifts.of(written, null);
    var week = shifts.week();
    var zone = shifts.zone();
    return week == null
        ? null
        : new Calendar(zone == null ? charters : zone, week.week(), null, Set.of());
  }
}
