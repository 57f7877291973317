package baton.charter.clause;

import org.jspecify.annotations.Nullable;

/**
 * What was counted in a period. {@code counted} of {@code of}: MQLs of MQLs where a rule holds or
 * fields are filled, decisions of decisions that rejected for a reason that counts. {@code other}
 * is how the clause that may suspend this one was kept in the period.
 */
public record Tally(long counted, long of, @Nullable Kept other) {
  public record Kept(long met, long broken) {}

  public static Tally of(long counted) {
    return new Tally(counted, counted, null);
  }

  public static Tally of(long counted, long of) {
    return new Tally(counted, of, null);
  }
}
