package baton.handoff.clock;

import baton.charter.clause.Clock;
import baton.charter.clause.Verdict;
import java.time.Instant;

/** A verdict, the clock it was come to by, and the promise as it stands after it. */
public record Judged(
    Promise promise, Clock clock, Verdict verdict, History history, Instant judgedAt) {

  /** Whether this takes back that it was broken: it was kept in time, and told late. */
  public boolean excuses() {
    return promise.settledAt() != null && promise.state() != State.BROKEN;
  }
}
