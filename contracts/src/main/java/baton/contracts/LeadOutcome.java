package baton.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a lead. The highest revision of an outcome wins; a correction that moves to
 * another lead voids it on the old one.
 */
public record LeadOutcome(
    UUID leadId,
    Instant occurredAt,
    int charterVersion,
    UUID outcomeId,
    long revision,
    @Nullable UUID passId,
    OutcomeResult result,
    @Nullable Money amount,
    @Nullable LocalDate expectedClose,
    @Nullable String reason,
    @Nullable String sellerId,
    @Nullable ExternalId externalId,
    List<UUID> contacts)
    implements LeadEvent {
  public LeadOutcome {
    contacts = Absent.list(contacts);
  }
}
