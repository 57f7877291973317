package baton.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A promise of the charter was kept, by either side. */
public record SlaMet(
    @Nullable UUID leadId,
    Instant occurredAt,
    int charterVersion,
    UUID verdictId,
    String clauseId,
    Side owedBy,
    @Nullable String sellerId,
    @Nullable String team,
    @Nullable UUID handoffId,
    @Nullable UUID passId,
    Instant startedAt,
    Instant dueAt,
    Instant judgedAt,
    String tzdbVersion)
    implements Event {

  /** The lead where the clause is about one, else the clause and its period. */
  @Override
  public String key() {
    return leadId != null ? leadId.toString() : clauseId + "/" + startedAt;
  }
}
