package baton.contracts;

import java.time.Instant;
import java.util.UUID;

/**
 * What sales said of a campaign; the comment stays with lead-service. It no longer {@code holds}
 * once what was reviewed has changed.
 */
public record CampaignReview(
    UUID reviewId, Instant occurredAt, ReviewVerdict verdict, boolean holds) {}
