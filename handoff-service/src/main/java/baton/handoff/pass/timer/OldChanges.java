package baton.handoff.pass.timer;

import baton.chassis.database.Transactions;
import baton.handoff.pass.Changes;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Forgets what no stream will ask for any more. */
@ApplicationScoped
class OldChanges {
  private static final Logger LOG = Logger.getLogger(OldChanges.class);

  private final Transactions transactions;
  private final Changes changes;

  OldChanges(Transactions transactions, Changes changes) {
    this.transactions = transactions;
    this.changes = changes;
  }

  @Scheduled(every = "1h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> prune() {
    return transactions
        .run(changes::prune)
        .onFailure()
        .invoke(failure -> LOG.debugf("old changes could not be pruned: %s", failure))
        .onFailure()
        .recoverWithNull();
  }
}
