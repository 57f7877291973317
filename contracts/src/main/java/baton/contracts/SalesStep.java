package baton.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a seller did in the CRM. */
public record SalesStep(
    UUID leadId,
    Instant occurredAt,
    int charterVersion,
    UUID stepId,
    long revision,
    SellerStep step,
    @Nullable String channel,
    @Nullable String sellerId,
    @Nullable String reason,
    @Nullable ExternalId externalId)
    implements LeadEvent {}
