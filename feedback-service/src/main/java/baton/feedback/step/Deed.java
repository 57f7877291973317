package baton.feedback.step;

import baton.contracts.ExternalId;
import baton.contracts.SellerStep;
import baton.feedback.lead.LeadName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a seller did, as somebody tells it.
 *
 * @param isDated whether the teller said when, or the time of telling stands in for it
 */
public record Deed(
    LeadName lead,
    SellerStep step,
    @Nullable String channel,
    @Nullable String sellerId,
    @Nullable String reason,
    @Nullable ExternalId externalId,
    Instant occurredAt,
    boolean isDated,
    int charterVersion) {

  /** The same, of a lead by this name. */
  public Deed of(LeadName name) {
    return new Deed(
        name, step, channel, sellerId, reason, externalId, occurredAt, isDated, charterVersion);
  }

  /** The same, of the name it was told by first, and of that time unless a new one is said. */
  Deed after(Deed earlier) {
    return new Deed(
        earlier.lead,
        step,
        channel,
        sellerId,
        reason,
        externalId,
        isDated ? occurredAt : earlier.occurredAt,
        isDated || earlier.isDated,
        isDated ? charterVersion : earlier.charterVersion);
  }
}
