package baton.lead.connector;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** One round after the other while there is something to do, never two at once. */
final class Rounds {
  private static final Logger LOG = Logger.getLogger(Rounds.class);

  private final String what;
  private final Supplier<Uni<Boolean>> round;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicBoolean asked = new AtomicBoolean();

  /**
   * @param round answers whether there was something to do
   */
  Rounds(String what, Supplier<Uni<Boolean>> round) {
    this.what = what;
    this.round = round;
  }

  /** There may be something to do. */
  void look() {
    asked.set(true);
    if (busy.compareAndSet(false, true)) {
      asked.set(false);
      all()
          .subscribe()
          .with(
              _ -> rest(),
              failure -> {
                LOG.warnf("%s can't be read now: %s", what, failure.getClass().getSimpleName());
                busy.set(false);
              });
    }
  }

  private Uni<Void> all() {
    return Uni.createFrom()
        .deferred(round::get)
        .chain(more -> more ? all() : Uni.createFrom().voidItem());
  }

  private void rest() {
    busy.set(false);
    if (asked.get()) {
      look();
    }
  }
}
