package baton.chassis.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Transactions on a pooled connection. */
@ApplicationScoped
public class Transactions {
  private final Pool pool;

  Transactions(Pool pool) {
    this.pool = pool;
  }

  /**
   * Runs work in one transaction. A serialization failure or a deadlock is tried again, up to three
   * times; a database that is down or has no connection to spare fails with a 503 problem; a client
   * that goes away does not cancel it. Wakes the relay after the commit.
   */
  public <T> Uni<T> run(Function<SqlConnection, Uni<T>> work) {
    return pool.withTransaction(work);
  }
}
