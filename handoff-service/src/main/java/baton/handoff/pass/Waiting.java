package baton.handoff.pass;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** The handoffs that nobody was eligible for. */
public interface Waiting {

  /** Deals some to sellers who have become eligible; says whether any may be left. */
  Uni<Boolean> deal(SqlConnection tx);
}
