package baton.chassis.outbox;

import baton.contracts.Event;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The outbox for those who write through Hibernate Reactive. */
@ApplicationScoped
public class SessionOutbox {

  /** Appends events in the session's transaction, as {@link Outbox#append} does. */
  public Uni<Void> append(Mutiny.Session session, List<? extends Event> events) {
    throw new UnsupportedOperationException();
  }
}
