package baton.contracts;

import java.time.Instant;
import java.util.UUID;

/** A lead is gone. */
public record LeadErased(
    UUID leadId, Instant occurredAt, int charterVersion, ErasureKind kind, UUID receipt)
    implements LeadEvent {}
