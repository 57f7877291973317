package baton.reporting.goal.timer;

import baton.chassis.clock.Ticks;
import baton.reporting.goal.Goals;
import baton.reporting.goal.Trend;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What can't be counted now is at the next look; of a day the last look stays. */
@ApplicationScoped
class GoalWatch {
  private static final Logger LOG = Logger.getLogger(GoalWatch.class);

  private final Goals goals;
  private final Trend trend;
  private final Duration every;
  private @Nullable Cancellable watching;

  GoalWatch(
      Goals goals,
      Trend trend,
      @ConfigProperty(name = "baton.goals.every", defaultValue = "PT5M") Duration every) {
    this.goals = goals;
    this.trend = trend;
    this.every = every;
  }

  void start(@Observes StartupEvent started) {
    watching =
        Ticks.ask(
            every,
            () ->
                goals
                    .standing()
                    .chain(trend::keep)
                    .onFailure()
                    .invoke(failed -> LOG.warn("goals can't be looked at now", failed))
                    .onFailure()
                    .recoverWithNull(),
            _ -> {},
            failed -> LOG.error("goals are not looked at any more", failed));
  }

  @PreDestroy
  void stop() {
    if (watching != null) {
      watching.cancel();
    }
  }
}
