package baton.handoff.notification;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.function.Function;

/** Where those who record a fact say that others should hear of it. */
public interface Notifications {

  /**
   * Owes each notice to everybody who subscribed to it, in the transaction of the fact: a delivery
   * is neither lost nor sent for something that wasn't committed. Where nobody subscribed, facts
   * aren't made into notices.
   */
  <T> Uni<Void> enqueue(SqlConnection tx, List<T> facts, Function<T, Notice> notice);

  default Uni<Void> enqueue(SqlConnection tx, List<Notice> notices) {
    return enqueue(tx, notices, notice -> notice);
  }
}
