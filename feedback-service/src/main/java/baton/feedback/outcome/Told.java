package baton.feedback.outcome;

import baton.contracts.ExternalId;
import baton.contracts.Money;
import baton.contracts.OutcomeResult;
import baton.feedback.lead.LeadName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says became of a lead.
 *
 * @param dated whether the teller said when, or the time of telling stands in for it
 */
public record Told(
    LeadName lead,
    OutcomeResult result,
    @Nullable Money amount,
    @Nullable LocalDate expectedClose,
    @Nullable String reason,
    @Nullable String sellerId,
    @Nullable ExternalId externalId,
    Instant occurredAt,
    boolean dated,
    int charterVersion) {

  /** What the teller calls the outcome: at most one name. */
  public Stream<ExternalId> named() {
    return Stream.ofNullable(externalId);
  }

  /** The same, at the time it was told of first unless a new one is said. */
  Told after(Told earlier) {
    return dated
        ? this
        : new Told(
            lead,
            result,
            amount,
            expectedClose,
            reason,
            sellerId,
            externalId,
            earlier.occurredAt,
            earlier.dated,
            earlier.charterVersion);
  }

  /** The same, by the name the lead was told by before. */
  Told of(LeadName name) {
    return new Told(
        name,
        result,
        amount,
        expectedClose,
        reason,
        sellerId,
        externalId,
        occurredAt,
        dated,
        charterVersion);
  }
}
