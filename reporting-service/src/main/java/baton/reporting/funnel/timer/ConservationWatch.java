package baton.reporting.funnel.timer;

import baton.chassis.clock.Ticks;
import baton.reporting.funnel.Reports;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * At every moment the captured are the sum of those who stand somewhere, and all time is the sum of
 * its days. The gauge is how many leads are missing from one side or the other: 0, or an alert.
 */
@ApplicationScoped
class ConservationWatch {
  private static final Logger LOG = Logger.getLogger(ConservationWatch.class);

  private final Reports reports;
  private final Duration every;
  private final AtomicLong difference = new AtomicLong();
  private @Nullable Cancellable watching;

  ConservationWatch(
      Reports reports,
      MeterRegistry registry,
      @ConfigProperty(name = "baton.conservation.every", defaultValue = "PT30S") Duration every) {
    this.reports = reports;
    this.every = every;
    registry.gauge("baton.conservation.difference", difference);
  }

  void start(@Observes StartupEvent started) {
    watching =
        Ticks.ask(
            every,
            () -> reports.unconserved().onFailure().recoverWithItem(difference::get),
            this::found,
            failed -> LOG.error("the numbers are not watched any more", failed));
  }

  private void found(long leads) {
    if (leads != 0) {
      LOG.errorf("%d leads are captured and stand nowhere, or the other way round", leads);
    }
    difference.set(leads);
  }

  @PreDestroy
  void stop() {
    if (watching != null) {
      watching.cancel();
    }
  }
}
