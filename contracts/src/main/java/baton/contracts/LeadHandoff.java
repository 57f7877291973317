package baton.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of the handoff of an MQL to a named seller. {@code channel} and {@code result} belong to
 * attempts; {@code routing} says why this seller.
 */
public record LeadHandoff(
    UUID leadId,
    Instant occurredAt,
    int charterVersion,
    UUID handoffId,
    UUID passId,
    long revision,
    HandoffStep step,
    @Nullable String sellerId,
    @Nullable String team,
    @Nullable String reason,
    @Nullable String channel,
    @Nullable String result,
    List<ClockStep> clocks,
    @Nullable String routing)
    implements LeadEvent {
  public LeadHandoff {
    clocks = Absent.list(clocks);
  }

  /** The same step by another number, with the clocks it started and stopped. */
  public LeadHandoff with(long revision, List<ClockStep> clocks) {
    return new LeadHandoff(
        leadId,
        occurredAt,
        charterVersion,
        handoffId,
        passId,
        revision,
        step,
        sellerId,
        team,
        reason,
        channel,
        result,
        clocks,
        routing);
  }
}
