package baton.handoff.clock;

import baton.charter.Clause;
import baton.charter.clause.Clock;
import baton.charter.time.Calendar;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one clause promises about one handoff or request. It keeps the facts of its clock; {@code
 * dueAt} is computed from them and kept to be looked for. {@code hours} are the seller's own, where
 * the clause counts in them and he has some. {@code settledAt} is when a broken one was kept after
 * all, or nobody owed it any more.
 */
public record Promise(
    UUID subjectId,
    String clauseId,
    int charterVersion,
    State state,
    @Nullable Instant startedAt,
    @Nullable String startedBy,
    boolean restarted,
    @Nullable Integer mqlsThatDay,
    @Nullable JsonNode hours,
    @Nullable Instant dueAt,
    @Nullable Instant warnAt,
    @Nullable Instant judgedAt,
    @Nullable Instant settledAt) {

  static Promise waiting(UUID subjectId, String clauseId, int charterVersion) {
    return new Promise(
        subjectId,
        clauseId,
        charterVersion,
        State.WAITING,
        null,
        null,
        false,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /** Its clock, which runs or ran. */
  public Clock clock(Clause.Timed clause, Calendar calendar, List<Clock.OwnerChange> owners) {
    if (startedAt == null || startedBy == null) {
      throw new IllegalStateException("the clock of " + clauseId + " has not started");
    }
    return new Clock(
        clause,
        charterVersion,
        calendar,
        startedAt,
        startedBy,
        restarted,
        mqlsThatDay,
        owners,
        List.of());
  }

  /** Runs from the clock's start, to be judged when that is due. */
  Promise running(Clock clock, @Nullable JsonNode his) {
    return new Promise(
        subjectId,
        clauseId,
        charterVersion,
        State.RUNNING,
        clock.startedAt(),
        clock.startedBy(),
        clock.restarted(),
        clock.mqlsThatDay(),
        his,
        clock.due(),
        clock.warning(),
        null,
        null);
  }

  Promise judged(State verdict, Instant at, @Nullable Instant settled) {
    return new Promise(
        subjectId,
        clauseId,
        charterVersion,
        verdict,
        startedAt,
        startedBy,
        restarted,
        mqlsThatDay,
        hours,
        dueAt,
        null,
        at,
        settled);
  }

  Promise settled(Instant at) {
    return judged(state, judgedAt == null ? at : judgedAt, at);
  }

  public Promise warned() {
    return due(dueAt, null);
  }

  /** The same clock by other time zone rules, or warned. */
  public Promise due(@Nullable Instant due, @Nullable Instant warn) {
    return new Promise(
        subjectId,
        clauseId,
        charterVersion,
        state,
        startedAt,
        startedBy,
        restarted,
        mqlsThatDay,
        hours,
        due,
        warn,
        judgedAt,
        settledAt);
  }
}
