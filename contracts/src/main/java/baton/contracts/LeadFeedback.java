package baton.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What sales thinks of a lead and heard from it, in codes of the vocabulary; free text stays in
 * feedback-service.
 */
public record LeadFeedback(
    UUID leadId,
    Instant occurredAt,
    int charterVersion,
    UUID feedbackId,
    long revision,
    @Nullable UUID passId,
    @Nullable UUID handoffId,
    @Nullable Integer rating,
    List<String> reasons,
    List<String> objections,
    List<String> painPoints,
    @Nullable String sellerId)
    implements LeadEvent {
  public LeadFeedback {
    reasons = Absent.list(reasons);
    objections = Absent.list(objections);
    painPoints = Absent.list(painPoints);
  }
}
