package baton.handoff.clock.timer;

import baton.chassis.database.Transactions;
import baton.chassis.verdict.VerdictGauges;
import baton.handoff.clock.Deadlines;
import baton.handoff.clock.Verdicts;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Says how many verdicts there are, to be held against reporting's count, and who lacks one. */
@ApplicationScoped
class VerdictWatch {
  private static final Logger LOG = Logger.getLogger(VerdictWatch.class);

  private final Verdicts verdicts;
  private final Deadlines deadlines;
  private final Transactions transactions;
  private final VerdictGauges gauges;
  private final AtomicLong stuck;

  VerdictWatch(
      Verdicts verdicts, Deadlines deadlines, Transactions transactions, MeterRegistry registry) {
    this.verdicts = verdicts;
    this.deadlines = deadlines;
    this.transactions = transactions;
    gauges = new VerdictGauges(registry);
    stuck = Objects.requireNonNull(registry.gauge("baton.clock.stuck", new AtomicLong()));
  }

  @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> look() {
    return transactions
        .run(verdicts::counted)
        .invoke(
            counts ->
                counts.forEach(count -> gauges.set(count.owedBy(), count.met(), count.broken())))
        .chain(() -> transactions.run(deadlines::stuck))
        .invoke(stuck::set)
        .replaceWithVoid()
        .onFailure()
        .invoke(failure -> LOG.debugf("verdicts could not be counted: %s", failure))
        .onFailure()
        .recoverWithNull();
  }
}
