package baton.feedback.outcome;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which outcomes to list, newest first; null is any.
 *
 * @param before the last one of the page before
 */
public record Wanted(
    @Nullable Boolean matched,
    @Nullable UUID leadId,
    @Nullable String sellerId,
    @Nullable UUID before,
    int limit) {}
