package baton.lead.dossier;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The touch that made the lead known; {@code toldAs} recognises the same capture when it is told
 * again.
 */
public record FirstTouch(
    UUID touchId, String kind, @Nullable String asset, Instant at, @Nullable UUID toldAs) {}
