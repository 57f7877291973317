package baton.handoff.clock;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom and what a verdict is about. A content request has no lead; {@code subjectId} is its id. */
public record Subject(
    UUID subjectId,
    @Nullable UUID handoffId,
    @Nullable UUID leadId,
    @Nullable UUID passId,
    @Nullable String sellerId,
    @Nullable String team) {

  public static Subject ofRequest(UUID requestId) {
    return new Subject(requestId, null, null, null, null, null);
  }
}
