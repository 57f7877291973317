package baton.chassis.database;

import baton.chassis.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Transactions on a pooled connection. */
@ApplicationScoped
public class Transactions {
  private static final Logger LOG = Logger.getLogger(Transactions.class);

  private final Pool pool;
  private final Outbox outbox;

  Transactions(Pool pool, Outbox outbox) {
    this.pool = pool;
    this.outbox = outbox;
  }

  /**
   * Runs work in one transaction. A serialization failure or a deadlock is tried again, up to three
   * times, and what fails as {@link Contended} more often; a database that is down or has no
   * connection to spare fails with a 503 problem; a client that goes away does not cancel it. Wakes
   * the relay after the commit.
   */
  public <T> Uni<T> run(Function<SqlConnection, Uni<T>> work) {
    return Unbroken.run(() -> once(work), outbox);
  }

  /** Runs one statement, which is its own transaction, by the same rules. */
  public <T> Uni<T> single(Function<SqlConnection, Uni<T>> statement) {
    return Unbroken.run(
        () ->
            pool.getConnection()
                .onFailure()
                .transform(Transactions::noConnection)
                .chain(connection -> statement.apply(connection).eventually(connection::close)),
        outbox);
  }

  private <T> Uni<T> once(Function<SqlConnection, Uni<T>> work) {
    return pool.getConnection()
        .onFailure()
        .transform(Transactions::noConnection)
        .chain(
            connection ->
                connection
                    .begin()
                    .chain(transaction -> within(connection, transaction, work))
                    .eventually(connection::close));
  }

  private static <T> Uni<T> within(
      SqlConnection connection, Transaction transaction, Function<SqlConnection, Uni<T>> work) {
    return Uni.createFrom()
        .deferred(() -> work.apply(connection))
        .onFailure()
        .call(() -> transaction.rollback().onFailure().recoverWithNull())
        .call(transaction::commit);
  }

  private static Throwable noConnection(Throwable failure) {
    LOG.warnf("No connection to the database: %s", failure.toString());
    return Trouble.unavailable();
  }
}
