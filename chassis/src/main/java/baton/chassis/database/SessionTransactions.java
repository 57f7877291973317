package baton.chassis.database;

import baton.chassis.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Transactions in a Hibernate Reactive session, under the same promises as {@link Transactions}: a
 * client that goes away never cancels one, which would leak its connection. Sessions are looked up
 * when needed, since a service without an ORM has none.
 */
@ApplicationScoped
public class SessionTransactions {
  private final Instance<Mutiny.SessionFactory> sessions;
  private final Outbox outbox;

  SessionTransactions(Instance<Mutiny.SessionFactory> sessions, Outbox outbox) {
    this.sessions = sessions;
    this.outbox = outbox;
  }

  /** Runs work in one session and transaction. */
  public <T> Uni<T> run(Function<Mutiny.Session, Uni<T>> work) {
    return Unbroken.run(() -> sessions.get().withTransaction(work), outbox);
  }
}
