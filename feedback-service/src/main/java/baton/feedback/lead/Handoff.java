package baton.feedback.lead;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An MQL on offer to a seller, as its latest step left it. */
public record Handoff(
    UUID handoffId, UUID leadId, UUID passId, @Nullable String sellerId, long revision) {}
