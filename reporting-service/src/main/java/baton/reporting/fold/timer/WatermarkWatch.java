package baton.reporting.fold.timer;

import baton.chassis.clock.Ticks;
import baton.reporting.fold.Watermark;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The gauge {@code baton.fold.behind}: for how many seconds what Baton learns isn't counted yet. It
 * goes on growing while nobody can look, and is NaN until the first look.
 */
@ApplicationScoped
class WatermarkWatch {
  private static final Logger LOG = Logger.getLogger(WatermarkWatch.class);

  private final Watermark watermark;
  private final InstantSource clock;
  private final Duration every;
  private volatile @Nullable Instant completeTo;
  private @Nullable Cancellable watching;

  WatermarkWatch(
      Watermark watermark,
      InstantSource clock,
      MeterRegistry registry,
      @ConfigProperty(name = "baton.watermark.every", defaultValue = "PT5S") Duration every) {
    this.watermark = watermark;
    this.clock = clock;
    this.every = every;
    Gauge.builder("baton.fold.behind", this, WatermarkWatch::behind)
        .description("How long ago everything that Baton learned was counted")
        .baseUnit("seconds")
        .register(registry);
  }

  private double behind() {
    var known = completeTo;
    return known == null
        ? Double.NaN
        : Math.max(0, Duration.between(known, clock.instant()).toMillis() / 1000.0);
  }

  void start(@Observes StartupEvent started) {
    watching =
        Ticks.ask(
            every,
            () -> watermark.completeTo().onFailure().recoverWithItem(Optional.empty()),
            at -> at.ifPresent(instant -> completeTo = instant),
            failed -> LOG.error("the watermark is not watched any more", failed));
  }

  @PreDestroy
  void stop() {
    if (watching != null) {
      watching.cancel();
    }
  }
}
