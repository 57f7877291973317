package baton.contracts;

import java.time.Instant;
import java.util.UUID;

/**
 * Two leads are one person: {@code absorbed} now counts under {@code survivor}. Published under
 * both keys.
 */
public record LeadMerged(
    UUID leadId, Instant occurredAt, int charterVersion, UUID mergeId, UUID survivor, UUID absorbed)
    implements LeadEvent {}
