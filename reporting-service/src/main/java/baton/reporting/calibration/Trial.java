package baton.reporting.calibration;

import baton.reporting.journey.Stage;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be learned from which leads.
 *
 * @param outcome what counts as success: {@code won} or {@code sql}
 * @param from captured from then on; null from the beginning
 * @param to captured before; null until now
 * @param withinDays success counts if it came so soon after the capture; null whenever it came
 * @param leaveOut fields that must not be used
 * @param keep fields to use although they look as if they were written afterwards
 */
public record Trial(
    Stage outcome,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Integer withinDays,
    Set<String> leaveOut,
    Set<String> keep) {
  public Trial {
    leaveOut = Set.copyOf(leaveOut);
    keep = Set.copyOf(keep);
  }

  boolean asksFor(Instant captured) {
    return (from == null || !captured.isBefore(from)) && (to == null || captured.isBefore(to));
  }
}
