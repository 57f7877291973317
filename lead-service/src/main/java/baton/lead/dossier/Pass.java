package baton.lead.dossier;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A lead's latest pass: one trip from MQL to an end. */
public record Pass(UUID passId, int number, Instant qualifiedAt, boolean open) {

  /** Whether a fact is about this pass: by its id, else by when it happened. */
  boolean concerns(@Nullable UUID named, Instant at) {
    return named != null ? named.equals(passId) : number == 1 || !at.isBefore(qualifiedAt);
  }

  Pass ended() {
    return new Pass(passId, number, qualifiedAt, false);
  }
}
