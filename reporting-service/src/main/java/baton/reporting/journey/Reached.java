package baton.reporting.journey;

import java.time.Instant;

/** When and how a stage was reached, and the charter in force at that fact. */
public record Reached(Instant at, How how, int charter) {
  /** The same moment for a stage that only this one gives away. */
  Reached inferred() {
    return how == How.INFERRED ? this : new Reached(at, How.INFERRED, charter);
  }

  /** The first time of both, by the surest of their evidence. */
  public Reached or(Reached other) {
    var first = other.at.isBefore(at) ? other : this;
    var surest = how.compareTo(other.how) <= 0 ? how : other.how;
    return first.how == surest ? first : new Reached(first.at, surest, first.charter);
  }
}
