package baton.handoff.clock;

import baton.charter.Agreement;
import baton.charter.Clause;
import baton.charter.time.Calendar;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What has to be known of charters and sellers to run their clocks. */
public interface Terms {
  Agreement agreement(int version);

  /** A seller's own hours as he wrote them; null where he has none. */
  @Nullable JsonNode hours(String sellerId);

  Calendar calendar(JsonNode hours, Agreement charter);

  /** How many MQLs marketing handed over on the day of {@code at}, as the calendar has it. */
  int mqlsOnTheDayOf(Instant at, Calendar calendar);

  default Clause.@Nullable Timed clause(Promise promise) {
    return agreement(promise.charterVersion()).clause(promise.clauseId())
            instanceof Clause.Timed timed
        ? timed
        : null;
  }

  default Calendar calendar(Promise promise, Clause.Timed clause) {
    var charter = agreement(promise.charterVersion());
    var his = promise.hours();
    return his == null ? charter.calendar(clause.limit().calendar()) : calendar(his, charter);
  }
}
