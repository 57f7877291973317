package baton.chassis.outbox;

import baton.contracts.Event;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Where a command leaves its events, in the transaction of its rows. */
@ApplicationScoped
public class Outbox {

  /**
   * Appends events in the caller's transaction, in their order. Takes each key's sequence row, in
   * key order, and holds it until the transaction ends, so that one key's ids grow in commit order.
   */
  public Uni<Void> append(SqlConnection tx, List<? extends Event> events) {
    throw new UnsupportedOperationException();
  }

  /**
   * Says that something was committed, so that the relay need not wait for its next look. Cheap and
   * idempotent.
   */
  public void committed() {}
}
