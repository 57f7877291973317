package baton.handoff.clock;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Clocks, warnings and rungs of ladders that are due by PostgreSQL's clock. */
public interface DueClocks {

  /** What a look at the due ones came to, and after how long another is worth while. */
  record Look(int taken, boolean mayBeMore, long nextInMillis) {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long HELD_BY_OTHERS = 20;

    /** Nothing is due now, and nobody can say when something will be. */
    public static Look nothing() {
      return new Look(0, false, NEVER);
    }

    /** What is due already and wasn't there to be taken is held by others. */
    public static Look nothingFor(long millis) {
      return new Look(0, false, millis > 0 ? millis : HELD_BY_OTHERS);
    }

    /** Of {@code found} some may be held by others, and are left for the next look. */
    public static Look took(int taken, int found, int atMost) {
      return new Look(taken, taken > 0 && found == atMost, taken > 0 ? 0 : HELD_BY_OTHERS);
    }

    public Look and(Look other) {
      return new Look(
          taken + other.taken,
          mayBeMore || other.mayBeMore,
          Math.min(nextInMillis, other.nextInMillis));
    }
  }

  /** One of several parts of all subjects, so that some can be judged beside the others. */
  record Lane(int number, int of) {
    public static final Lane WHOLE = new Lane(0, 1);
  }

  /**
   * Judges some of the clocks that ran out. One that can't be judged gets stuck, and holds nothing
   * up.
   */
  Uni<Look> judge(SqlConnection tx, Lane lane, int atMost);

  /** Warns those whose time is running out. */
  Uni<Look> warn(SqlConnection tx, int atMost);

  /** Takes due steps of the ladders of breaches that still stand. */
  Uni<Look> escalate(SqlConnection tx, int atMost);
}
