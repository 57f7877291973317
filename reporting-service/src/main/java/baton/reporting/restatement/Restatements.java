package baton.reporting.restatement;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers that were told and are others now, the latest first. */
public interface Restatements {

  /**
   * Which of them.
   *
   * @param from of the days that the numbers are of, the first; null for any
   * @param to the first day no more
   * @param heardFrom of when the events were heard, the beginning
   * @param heardTo and the end
   * @param before an id that they come before; null for the latest
   */
  record Asked(
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable Instant heardFrom,
      @Nullable Instant heardTo,
      @Nullable Long before,
      int most) {}

  Uni<List<Restatement>> list(Asked asked);

  /** How many there are of each metric, whatever {@code most} says. */
  Uni<Map<String, Long>> counts(Asked asked);

  /** Forgets those heard before; how many they were. */
  Uni<Integer> forget(Instant before);
}
