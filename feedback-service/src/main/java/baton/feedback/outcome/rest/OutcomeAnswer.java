package baton.feedback.outcome.rest;

import baton.contracts.ExternalId;
import baton.contracts.Money;
import baton.contracts.OutcomeResult;
import baton.feedback.lead.LeadName;
import baton.feedback.outcome.Outcome;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An outcome as it is answered. */
record OutcomeAnswer(
    UUID outcomeId,
    String state,
    long revision,
    @Nullable UUID leadId,
    @Nullable ExternalId leadExternalId,
    @Nullable UUID passId,
    OutcomeResult result,
    @Nullable Money amount,
    @Nullable LocalDate expectedClose,
    @Nullable String reason,
    @Nullable String seller,
    @Nullable ExternalId externalId,
    Instant occurredAt,
    int charterVersion) {
  static final String MATCHED = "matched";
  static final String UNMATCHED = "unmatched";

  static OutcomeAnswer of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Matched matched -> of(outcome, MATCHED, matched.leadId(), matched.passId());
      case Outcome.Unmatched unmatched ->
          of(outcome, UNMATCHED, leadId(unmatched.told().lead()), null);
    };
  }

  private static OutcomeAnswer of(
      Outcome outcome, String state, @Nullable UUID leadId, @Nullable UUID passId) {
    var told = outcome.told();
    var name = told.lead();
    return new OutcomeAnswer(
        outcome.outcomeId(),
        state,
        outcome.revision(),
        leadId,
        name.kind() == LeadName.Kind.EXTERNAL ? new ExternalId(name.system(), name.id()) : null,
        passId,
        told.result(),
        told.amount(),
        told.expectedClose(),
        told.reason(),
        told.sellerId(),
        told.externalId(),
        told.occurredAt(),
        told.charterVersion());
  }

  private static @Nullable UUID leadId(LeadName name) {
    return name.kind() == LeadName.Kind.LEAD ? UUID.fromString(name.id()) : null;
  }
}
