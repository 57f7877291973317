package baton.reporting.calibration;

import baton.reporting.journey.Journey;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The journeys to learn from. Answers take as long as they take: ask beside the event loops. */
public interface Histories {

  /**
   * How much there is.
   *
   * @param completeTo everything that Baton learned until then is in it; null while nobody knows
   */
  record Extent(long leads, @Nullable Instant completeTo) {}

  Extent extent();

  /**
   * Shows this share of all leads, in the order of their ids and drawn by these alone, so that the
   * same are drawn again. Those that are one with others come once, as what they are together.
   */
  void each(double share, BiConsumer<UUID, Journey> shown);
}
