package baton.chassis.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says how far Kafka is behind. Always up: with Kafka away the service still takes what it is told,
 * and publishes it later.
 */
@Readiness
@ApplicationScoped
class OutboxReadiness implements HealthCheck {
  private final RunningRelay running;

  OutboxReadiness(RunningRelay running) {
    this.running = running;
  }

  @Override
  public HealthCheckResponse call() {
    var check = HealthCheckResponse.named("outbox").up();
    var relay = running.relay();
    if (relay != null) {
      check
          .withData("leading", relay.leading())
          .withData("waiting", relay.waiting())
          .withData("oldestSeconds", Math.round(running.oldestSeconds()));
    }
    return check.build();
  }
}
