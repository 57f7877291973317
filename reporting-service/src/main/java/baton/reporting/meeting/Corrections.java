package baton.reporting.meeting;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers that were told and are others now. */
public interface Corrections {
  /**
   * Some of them, the latest first.
   *
   * @param json a list of them as {@code GET /restatements} tells them
   * @param metrics which numbers these are
   */
  record Corrected(String json, Set<String> metrics) {}

  /**
   * @param from of the days that the numbers are of, the first; null for any
   * @param to the first day no more
   * @param heardFrom since when the events were heard that changed them
   */
  Uni<Corrected> heard(@Nullable LocalDate from, LocalDate to, Instant heardFrom, Instant heardTo);
}
