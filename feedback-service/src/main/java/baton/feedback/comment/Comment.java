package baton.feedback.comment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something written about a lead.
 *
 * @param role of the key it was written with
 */
public record Comment(
    UUID commentId,
    UUID leadId,
    String role,
    String keyId,
    @Nullable String sellerId,
    String text,
    Instant occurredAt) {}
