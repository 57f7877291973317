package baton.reporting.meeting;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers that were told and are others now. */
public interface Corrections {
  /**
   * How many there are of each metric, and the latest of them.
   *
   * @param json a list of these, as {@code GET /restatements} tells them
   */
  record Corrected(String json, Map<String, Long> counts) {
    public long count() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * @param from of the days that the numbers are of, the first; null for any
   * @param to the first day no more
   * @param heardFrom since when the events were heard that changed them
   * @param most of which more is to be told than how many there are
   */
  Uni<Corrected> heard(
      @Nullable LocalDate from, LocalDate to, Instant heardFrom, Instant heardTo, int most);
}
