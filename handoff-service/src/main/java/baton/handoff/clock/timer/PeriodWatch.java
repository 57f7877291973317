package baton.handoff.clock.timer;

import baton.chassis.database.Transactions;
import baton.handoff.clock.Notices;
import baton.handoff.clock.Periods;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Opens and closes the periods that marketing's promises are about, and judges its notice. */
@ApplicationScoped
class PeriodWatch {
  private static final Logger LOG = Logger.getLogger(PeriodWatch.class);

  private final Periods periods;
  private final Notices notices;
  private final Transactions transactions;

  PeriodWatch(Periods periods, Notices notices, Transactions transactions) {
    this.periods = periods;
    this.notices = notices;
    this.transactions = transactions;
  }

  @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> look() {
    return looked(periods::judge, "periods").chain(() -> looked(notices::judge, "notices"));
  }

  private Uni<Void> looked(Function<SqlConnection, Uni<Void>> judge, String what) {
    return transactions
        .run(judge)
        .onFailure()
        .invoke(failure -> LOG.debugf("%s could not be looked at: %s", what, failure))
        .onFailure()
        .recoverWithNull();
  }
}
