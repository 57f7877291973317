package baton.handoff.breach;

import baton.contracts.BreachStep;
import baton.contracts.Side;
import baton.contracts.SlaBreach;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A broken promise.
 *
 * <pre>
 * breached ──▶ disputed ──▶ upheld
 *     │            │
 *     └────────────┴──────▶ excused
 * </pre>
 *
 * The side that owes it disputes; the other one excuses or upholds. {@code state} is the last step;
 * {@code reason} is that step's.
 */
public record Breach(
    UUID breachId,
    long revision,
    BreachStep state,
    String clauseId,
    Side owedBy,
    @Nullable UUID subjectId,
    @Nullable UUID handoffId,
    @Nullable UUID leadId,
    @Nullable UUID passId,
    @Nullable String sellerId,
    @Nullable String team,
    int charterVersion,
    Instant startedAt,
    Instant dueAt,
    Instant judgedAt,
    String tzdbVersion,
    @Nullable String reason,
    List<String> evidence) {
  /** Why a breach is excused that was kept in time after all, as was told late. */
  public static final String LATE_SYNC = "late-sync";

  public Breach {
    evidence = List.copyOf(evidence);
  }

  /** What a side makes of it. */
  public sealed interface Ruling {
    record Moved(Breach breach) implements Ruling {}

    record Refused(String why) implements Ruling {}
  }

  public Ruling ruled(BreachStep step, @Nullable String why) {
    return switch (step) {
      case BREACHED -> new Ruling.Refused("it is breached already");
      case DISPUTED ->
          state == BreachStep.BREACHED
              ? moved(step, why)
              : new Ruling.Refused("only a breach that nobody said anything about is disputed");
      case EXCUSED ->
          state == BreachStep.BREACHED || state == BreachStep.DISPUTED
              ? moved(step, why)
              : new Ruling.Refused("it was settled");
      case UPHELD ->
          state == BreachStep.DISPUTED
              ? moved(step, why)
              : new Ruling.Refused("only a disputed breach is upheld");
    };
  }

  private Ruling moved(BreachStep step, @Nullable String why) {
    return new Ruling.Moved(at(revision + 1, step, why));
  }

  /** The same without what somebody said with its last step. */
  public Breach wordless() {
    return at(revision, state, null);
  }

  private Breach at(long revision, BreachStep state, @Nullable String reason) {
    return new Breach(
        breachId,
        revision,
        state,
        clauseId,
        owedBy,
        subjectId,
        handoffId,
        leadId,
        passId,
        sellerId,
        team,
        charterVersion,
        startedAt,
        dueAt,
        judgedAt,
        tzdbVersion,
        reason,
        evidence);
  }

  /**
   * The event that it came to this state {@code at}. What people wrote stays here: who reads a
   * topic keeps it for ever.
   */
  public SlaBreach told(Instant at) {
    return new SlaBreach(
        leadId,
        at,
        charterVersion,
        breachId,
        revision,
        state,
        clauseId,
        owedBy,
        sellerId,
        team,
        handoffId,
        passId,
        startedAt,
        dueAt,
        judgedAt,
        tzdbVersion,
        LATE_SYNC.equals(reason) ? reason : null,
        evidence);
  }
}
