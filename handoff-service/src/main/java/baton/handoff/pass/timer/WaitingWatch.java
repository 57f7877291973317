package baton.handoff.pass.timer;

import baton.chassis.database.Transactions;
import baton.handoff.pass.Waiting;
import baton.handoff.seller.SellerChanged;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * Deals waiting handoffs as soon as somebody is eligible, whatever made him so: he came, came back,
 * or has room again. A look finds what a lost signal would have missed.
 */
@ApplicationScoped
class WaitingWatch {
  private static final Logger LOG = Logger.getLogger(WaitingWatch.class);

  private final Transactions transactions;
  private final Waiting waiting;

  WaitingWatch(Transactions transactions, Waiting waiting) {
    this.transactions = transactions;
    this.waiting = waiting;
  }

  void on(@Observes SellerChanged change) {
    look().subscribe().with(_ -> {}, _ -> {});
  }

  @Scheduled(
      every = "{baton.handoff.waiting-looked-at-every}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> look() {
    return transactions
        .run(waiting::deal)
        .repeat()
        .whilst(mayBeMore -> mayBeMore)
        .collect()
        .last()
        .replaceWithVoid()
        .onFailure()
        .invoke(failure -> LOG.debugf("waiting handoffs could not be looked at: %s", failure))
        .onFailure()
        .recoverWithNull();
  }
}
