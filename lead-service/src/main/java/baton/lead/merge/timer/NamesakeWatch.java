package baton.lead.merge.timer;

import baton.chassis.clock.Ticks;
import baton.lead.dossier.Namesakes;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** So many leads a look and no more, so that a flood of captures isn't slowed by it. */
@ApplicationScoped
class NamesakeWatch {
  private static final Logger LOG = Logger.getLogger(NamesakeWatch.class);
  private static final int MOST = 5_000;

  private final Namesakes namesakes;
  private final Duration every;
  private @Nullable Cancellable watching;

  NamesakeWatch(
      Namesakes namesakes,
      @ConfigProperty(name = "baton.namesakes.every", defaultValue = "PT5S") Duration every) {
    this.namesakes = namesakes;
    this.every = every;
  }

  void start(@Observes StartupEvent started) {
    watching =
        Ticks.ask(
            every,
            () -> namesakes.look(MOST).onFailure().recoverWithItem(0),
            _ -> {},
            failed -> LOG.error("leads of one name are not looked for any more", failed));
  }

  @PreDestroy
  void stop() {
    if (watching != null) {
      watching.cancel();
    }
  }
}
