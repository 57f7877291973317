package baton.contracts;

import java.time.Instant;
import java.util.UUID;

/** The merge of this id is undone, for ever. Published under both keys. */
public record LeadUnmerged(
    UUID leadId, Instant occurredAt, int charterVersion, UUID mergeId, UUID survivor, UUID absorbed)
    implements LeadEvent {}
