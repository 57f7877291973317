package baton.reporting.fold.kafka;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * A thread of the fold that ended leaves partitions unread for ever: the service must start anew.
 */
@Liveness
class FoldLiveness implements HealthCheck {
  private final FoldThreads threads;

  FoldLiveness(FoldThreads threads) {
    this.threads = threads;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("fold").status(threads.alive()).build();
  }
}
