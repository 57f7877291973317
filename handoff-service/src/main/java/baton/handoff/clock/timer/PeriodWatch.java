package baton.handoff.clock.timer;

import baton.chassis.database.Transactions;
import baton.handoff.clock.Periods;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Opens and closes the periods that marketing's promises are about. */
@ApplicationScoped
class PeriodWatch {
  private static final Logger LOG = Logger.getLogger(PeriodWatch.class);

  private final Periods periods;
  private final Transactions transactions;

  PeriodWatch(Periods periods, Transactions transactions) {
    this.periods = periods;
    this.transactions = transactions;
  }

  @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> look() {
    return transactions
        .run(periods::judge)
        .onFailure()
        .invoke(failure -> LOG.debugf("periods could not be looked at: %s", failure))
        .onFailure()
        .recoverWithNull();
  }
}
