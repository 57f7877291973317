package baton.handoff.clock;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Clocks that are due by PostgreSQL's clock. */
public interface DueClocks {

  /** One of several parts of all subjects, so that some can be judged beside the others. */
  record Lane(int number, int of) {
    public static final Lane WHOLE = new Lane(0, 1);
  }

  /**
   * Judges some of the clocks that ran out. One that can't be judged gets stuck, and holds nothing
   * up.
   */
  Uni<Look> judge(SqlConnection tx, Lane lane, int atMost);
}
