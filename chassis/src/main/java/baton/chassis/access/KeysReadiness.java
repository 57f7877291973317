package baton.chassis.access;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says whether keys are current. Always up: with Kafka away the keys that were known go on to
 * count, and a lead is taken.
 */
@Readiness
@ApplicationScoped
class KeysReadiness implements HealthCheck {
  private final KeyListener listener;

  KeysReadiness(KeyListener listener) {
    this.listener = listener;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("access-keys")
        .up()
        .withData("current", listener.reached())
        .build();
  }
}
