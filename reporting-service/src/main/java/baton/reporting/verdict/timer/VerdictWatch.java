package baton.reporting.verdict.timer;

import baton.contracts.Side;
import baton.reporting.verdict.Count;
import baton.reporting.verdict.Verdicts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The gauges {@code baton.verdicts} are handoff-service's under the same name. Once all is folded
 * they are the same, or a verdict was lost or doubled between them.
 */
@ApplicationScoped
class VerdictWatch {
  private static final Logger LOG = Logger.getLogger(VerdictWatch.class);

  private final Verdicts verdicts;
  private final Duration every;
  private final Map<Side, AtomicLong> met = new EnumMap<>(Side.class);
  private final Map<Side, AtomicLong> broken = new EnumMap<>(Side.class);
  private @Nullable Cancellable watching;

  VerdictWatch(
      Verdicts verdicts,
      MeterRegistry registry,
      @ConfigProperty(name = "baton.verdicts.every", defaultValue = "PT5S") Duration every) {
    this.verdicts = verdicts;
    this.every = every;
    for (var side : Side.values()) {
      met.put(side, gauge(registry, side, "met"));
      broken.put(side, gauge(registry, side, "broken"));
    }
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

  void start(@Observes StartupEvent started) {
    watching =
        Multi.createFrom()
            .ticks()
            .every(every)
            .onOverflow()
            .drop()
            .onItem()
            .transformToUniAndConcatenate(
                _ -> verdicts.counted().onFailure().recoverWithItem(Map.of()))
            .subscribe()
            .with(this::found, failed -> LOG.error("verdicts are not counted any more", failed));
  }

  private void found(Map<Side, Count> counts) {
    counts.forEach(
        (side, count) -> {
          gauge(met, side).set(count.met());
          gauge(broken, side).set(count.broken());
        });
  }

  @PreDestroy
  void stop() {
    if (watching != null) {
      watching.cancel();
    }
  }
}
