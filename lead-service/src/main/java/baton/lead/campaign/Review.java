package baton.lead.campaign;

import baton.contracts.CampaignReview;
import baton.contracts.ReviewVerdict;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What sales said of a campaign.
 *
 * @param reviewer the id of the key it was said with
 * @param holds false once what was reviewed has changed
 */
public record Review(
    UUID reviewId,
    Instant occurredAt,
    ReviewVerdict verdict,
    @Nullable String comment,
    String reviewer,
    String role,
    boolean holds) {

  /** What everybody hears of it: comments are free text and stay here. */
  public CampaignReview told() {
    return new CampaignReview(reviewId, occurredAt, verdict, holds);
  }
}
