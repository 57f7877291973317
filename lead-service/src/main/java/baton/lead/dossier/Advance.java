package baton.lead.dossier;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a pass got, as another service said. Without a pass id it is about the pass of its time.
 */
public record Advance(
    UUID leadId, @Nullable UUID passId, Instant at, Instant heardAt, Stage reached) {}
