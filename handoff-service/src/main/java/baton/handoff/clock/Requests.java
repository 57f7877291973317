package baton.handoff.clock;

import baton.contracts.ContentRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/** What sales asked marketing for, and by when it is owed an answer. */
public interface Requests {

  /** Starts the clocks of requests that are new, and stops those of requests that were answered. */
  Uni<Void> heard(SqlConnection tx, List<ContentRequest> steps);
}
