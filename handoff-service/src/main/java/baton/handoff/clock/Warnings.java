package baton.handoff.clock;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Warnings of clocks that are about to run out, due by PostgreSQL's clock. */
public interface Warnings {

  /** Warns those whose time is running out, once. */
  Uni<Look> give(SqlConnection tx, int atMost);
}
