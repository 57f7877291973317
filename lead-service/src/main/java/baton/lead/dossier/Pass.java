package baton.lead.dossier;

import baton.charter.scoring.Ruling;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A lead's latest pass: one trip from MQL to an end; {@code endedAt} is null while it is open. */
public record Pass(UUID passId, int number, Instant qualifiedAt, @Nullable Instant endedAt) {

  public boolean open() {
    return endedAt == null;
  }

  /** Whether a fact is about this pass: by its id, else by when it happened. */
  boolean concerns(@Nullable UUID named, Instant at) {
    return named != null ? named.equals(passId) : number == 1 || !at.isBefore(qualifiedAt);
  }

  /** A pass never ends before it began, whatever the time another system says. */
  Pass ended(Instant at) {
    var end = Ruling.later(at, qualifiedAt);
    return new Pass(
        passId, number, qualifiedAt, endedAt == null ? end : Ruling.later(end, endedAt));
  }
}
