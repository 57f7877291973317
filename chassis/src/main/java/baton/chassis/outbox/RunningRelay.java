package baton.chassis.outbox;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The relay of this process, from start to stop, and its metrics. */
@ApplicationScoped
class RunningRelay {
  private final Relay.Settings settings;
  private final boolean enabled;
  private final InstantSource clock;
  private final MeterRegistry metrics;
  private volatile @Nullable Relay relay;

  RunningRelay(
      @ConfigProperty(name = "baton.service") String service,
      @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
      @ConfigProperty(name = "quarkus.datasource.username") String user,
      @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password,
      @ConfigProperty(name = "kafka.bootstrap.servers") String kafka,
      @ConfigProperty(name = "baton.relay.enabled", defaultValue = "true") boolean enabled,
      @ConfigProperty(name = "baton.relay.batch", defaultValue = "" + Relay.Settings.BATCH)
          int batch,
      @ConfigProperty(name = "baton.relay.look", defaultValue = "PT0.1S") Duration look,
      InstantSource clock,
      MeterRegistry metrics) {
    var database = PgConnectOptions.fromUri(url).setUser(user).setPassword(password.orElse(""));
    database.addProperty("application_name", "relay-" + service);
    this.settings =
        new Relay.Settings(service, database, Map.of("bootstrap.servers", kafka), batch, look);
    this.enabled = enabled;
    this.clock = clock;
    this.metrics = metrics;
  }

  void start(@Observes StartupEvent started) {
    if (!enabled) {
      return;
    }
    var running = new Relay(settings);
    relay = running;
    Gauge.builder("baton.outbox.waiting", running, Relay::waiting)
        .description("Committed events that are not yet on Kafka, counted to 100000")
        .register(metrics);
    Gauge.builder("baton.outbox.oldest", this, RunningRelay::oldestSeconds)
        .description("How long the oldest committed event has waited for Kafka")
        .baseUnit("seconds")
        .register(metrics);
    Gauge.builder("baton.relay.leading", running, r -> r.leading() ? 1 : 0)
        .description("Whether this instance is the one that publishes")
        .register(metrics);
    FunctionCounter.builder("baton.relay.published", running, Relay::published)
        .description("Events that Kafka has acknowledged")
        .register(metrics);
    FunctionCounter.builder("baton.relay.failures", running, Relay::failures)
        .description("How often the relay had to start over")
        .register(metrics);
    running.start();
  }

  void stop(@Observes ShutdownEvent stopping) {
    var running = relay;
    if (running != null) {
      running.close();
    }
  }

  void wake() {
    var running = relay;
    if (running != null) {
      running.wake();
    }
  }

  @Nullable Relay relay() {
    return relay;
  }

  double oldestSeconds() {
    var running = relay;
    var oldest = running == null ? null : running.oldest();
    return oldest == null
        ? 0
        : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1000.0);
  }
}
