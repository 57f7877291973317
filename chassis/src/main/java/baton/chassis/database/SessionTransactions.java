package baton.chassis.database;

import baton.chassis.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Transactions in a Hibernate Reactive session, under the same promises as {@link Transactions}: a
 * client that goes away never cancels one, which would leak its connection.
 */
@ApplicationScoped
public class SessionTransactions {
  private final Mutiny.SessionFactory sessions;
  private final Outbox outbox;

  SessionTransactions(Mutiny.SessionFactory sessions, Outbox outbox) {
    this.sessions = sessions;
    this.outbox = outbox;
  }

  /** Runs work in one session and transaction. */
  public <T> Uni<T> run(Function<Mutiny.Session, Uni<T>> work) {
    return Unbroken.run(() -> sessions.withTransaction(work), outbox);
  }
}
