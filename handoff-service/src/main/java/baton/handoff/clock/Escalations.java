package baton.handoff.clock;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Rungs of the ladders of breaches, due by PostgreSQL's clock. */
public interface Escalations {

  /** Takes due rungs of the ladders of breaches that still stand. */
  Uni<Look> take(SqlConnection tx, int atMost);
}
