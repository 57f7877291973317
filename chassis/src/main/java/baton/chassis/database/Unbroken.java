package baton.chassis.database;

import baton.chassis.outbox.Outbox;
import baton.chassis.problem.Problem;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** How any transaction runs here, whichever client it speaks through. */
final class Unbroken {
  private static final Logger LOG = Logger.getLogger(Unbroken.class);
  private static final int TRIES = 4;

  /** Who lost a race held no locks for long, and each race has a winner. */
  private static final int RACES = 20;

  private Unbroken() {}

  /**
   * Runs a transaction to its end whether or not somebody still waits for it, tries again what lost
   * to another transaction, and tells infrastructure failures as 503.
   */
  static <T> Uni<T> run(Supplier<Uni<T>> transaction, Outbox outbox) {
    return Uni.createFrom()
        .emitter(
            waiting ->
                attempt(transaction, 1)
                    .onItem()
                    .invoke(outbox::committed)
                    .onFailure(Trouble::passes)
                    .transform(Unbroken::told)
                    .subscribe()
                    .with(waiting::complete, waiting::fail));
  }

  private static <T> Uni<T> attempt(Supplier<Uni<T>> transaction, int tries) {
    return Uni.createFrom()
        .deferred(() -> transaction.get())
        .onFailure(
            failure ->
                Trouble.isContention(failure)
                    && tries < (failure instanceof Contended ? RACES : TRIES))
        .recoverWithUni(
            _ ->
                Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(
                        Duration.ofMillis(
                            ThreadLocalRandom.current().nextLong(5, 30L * Math.min(tries, TRIES))))
                    .chain(() -> attempt(transaction, tries + 1)));
  }

  private static Throwable told(Throwable failure) {
    if (failure instanceof Problem) {
      return failure;
    }
    LOG.warnf("The database did not take a transaction: %s", failure.toString());
    return Trouble.unavailable();
  }
}
