package baton.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A promise of the charter was broken, by either side, or what became of that verdict. */
public record SlaBreach(
    @Nullable UUID leadId,
    Instant occurredAt,
    int charterVersion,
    UUID breachId,
    long revision,
    BreachStep step,
    String clauseId,
    Side owedBy,
    @Nullable String sellerId,
    @Nullable String team,
    @Nullable UUID handoffId,
    @Nullable UUID passId,
    Instant startedAt,
    Instant dueAt,
    Instant judgedAt,
    String tzdbVersion,
    @Nullable String reason,
    List<String> evidence)
    implements Event {
  public SlaBreach {
    evidence = Absent.list(evidence);
  }

  /** The lead where the clause is about one, else the clause and its period. */
  @Override
  public String key() {
    return leadId != null ? leadId.toString() : clauseId + "/" + startedAt;
  }
}
