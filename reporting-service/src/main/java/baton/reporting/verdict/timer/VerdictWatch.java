package baton.reporting.verdict.timer;

import baton.chassis.clock.Ticks;
import baton.chassis.verdict.VerdictGauges;
import baton.reporting.verdict.Verdicts;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
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
  private final VerdictGauges gauges;
  private @Nullable Cancellable watching;

  VerdictWatch(
      Verdicts verdicts,
      MeterRegistry registry,
      @ConfigProperty(name = "baton.verdicts.every", defaultValue = "PT5S") Duration every) {
    this.verdicts = verdicts;
    this.every = every;
    this.gauges = new VerdictGauges(registry);
  }

  void start(@Observes StartupEvent started) {
    watching =
        Ticks.ask(
            every,
            () -> verdicts.counted().onFailure().recoverWithItem(Map.of()),
            counts ->
                counts.forEach((side, count) -> gauges.set(side, count.met(), count.broken())),
            failed -> LOG.error("verdicts are not counted any more", failed));
  }

  @PreDestroy
  void stop() {
    if (watching != null) {
      watching.cancel();
    }
  }
}
