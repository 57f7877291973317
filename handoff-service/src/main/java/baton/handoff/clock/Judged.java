package baton.handoff.clock;

import baton.charter.clause.Clock;
import baton.charter.clause.Clock.Rung;
import baton.charter.clause.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A verdict, the clock it was come to by, and the promise as it stands after it; all that is told
 * of it, so that nothing is left to compute for whoever keeps it.
 *
 * @param evidence of a broken one only, as is {@code ladder}
 */
public record Judged(
    Promise promise,
    Clock clock,
    Verdict verdict,
    Instant judgedAt,
    Instant dueAt,
    List<String> evidence,
    List<Rung> ladder) {

  static Judged of(
      Promise promise, Clock clock, Verdict verdict, History history, Instant judgedAt) {
    var isBroken = verdict instanceof Verdict.Broken;
    return new Judged(
        promise,
        clock,
        verdict,
        judgedAt,
        Objects.requireNonNull(clock.due(), "a paused clock is not judged"),
        isBroken
            ? clock.evidence(history.deeds(), verdict).stream()
                .map(line -> line.replace('\n', ' '))
                .toList()
            : List.of(),
        isBroken ? clock.ladder() : List.of());
  }

  /** Whether this takes back that it was broken: it was kept in time, and told late. */
  public boolean excuses() {
    return promise.settledAt() != null && promise.state() != State.BROKEN;
  }
}
