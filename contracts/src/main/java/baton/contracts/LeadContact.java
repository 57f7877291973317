package baton.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who a lead is: the only event with personal data, on a compacted topic, replaced by a tombstone
 * on erasure.
 */
public record LeadContact(
    UUID leadId,
    Instant occurredAt,
    int charterVersion,
    long revision,
    @Nullable String name,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String jobTitle,
    @Nullable String companyName)
    implements LeadEvent {}
