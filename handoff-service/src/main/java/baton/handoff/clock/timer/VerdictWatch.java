package baton.handoff.clock.timer;

import baton.chassis.database.Transactions;
import baton.contracts.Side;
import baton.handoff.clock.Clocks;
import baton.handoff.clock.Verdicts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Says how many verdicts there are, to be held against reporting's count, and who lacks one. */
@ApplicationScoped
class VerdictWatch {
  private static final Logger LOG = Logger.getLogger(VerdictWatch.class);

  private final Verdicts verdicts;
  private final Clocks clocks;
  private final Transactions transactions;
  private final Map<Side, AtomicLong> met = new EnumMap<>(Side.class);
  private final Map<Side, AtomicLong> broken = new EnumMap<>(Side.class);
  private final AtomicLong stuck;

  VerdictWatch(
      Verdicts verdicts, Clocks clocks, Transactions transactions, MeterRegistry registry) {
    this.verdicts = verdicts;
    this.clocks = clocks;
    this.transactions = transactions;
    for (var side : Side.values()) {
      met.put(side, gauge(registry, side, "met"));
      broken.put(side, gauge(registry, side, "broken"));
    }
    stuck = Objects.requireNonNull(registry.gauge("baton.clock.stuck", new AtomicLong()));
  }

  private static AtomicLong gauge(MeterRegistry registry, Side side, String verdict) {
    return Objects.requireNonNull(
        registry.gauge(
            "baton.verdicts",
            Tags.of("owed_by", side.word(), "verdict", verdict),
            new AtomicLong()));
  }

  private static AtomicLong gauge(Map<Side, AtomicLong> gauges, Side side) {
    return Objects.requireNonNull(gauges.get(side));
  }

  @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> look() {
    return transactions
        .run(verdicts::counted)
        .invoke(
            counts ->
                counts.forEach(
                    count -> {
                      gauge(met, count.owedBy()).set(count.met());
                      gauge(broken, count.owedBy()).set(count.broken());
                    }))
        .chain(() -> transactions.run(clocks::stuck))
        .invoke(stuck::set)
        .replaceWithVoid()
        .onFailure()
        .invoke(failure -> LOG.debugf("verdicts could not be counted: %s", failure))
        .onFailure()
        .recoverWithNull();
  }
}
