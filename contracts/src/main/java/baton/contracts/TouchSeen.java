package baton.contracts;

import java.time.Instant;
import java.util.UUID;

/** A touch as it stood when the lead was qualified. */
public record TouchSeen(UUID touchId, String kind, Instant occurredAt) {}
