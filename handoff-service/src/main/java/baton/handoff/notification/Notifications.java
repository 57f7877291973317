package baton.handoff.notification;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/** Where those who record a fact say that others should hear of it. */
public interface Notifications {

  /**
   * Owes each notice to everybody who subscribed to it, in the transaction of the fact: a delivery
   * is neither lost nor sent for something that wasn't committed.
   */
  Uni<Void> enqueue(SqlConnection tx, List<Notice> notices);
}
