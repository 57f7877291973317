package baton.handoff.pass.postgres;

import baton.chassis.charter.Charters;
import baton.handoff.pass.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Which charter is in force when. */
@ApplicationScoped
class Moments {
  private final Charters charters;
  private final InstantSource clock;

  Moments(Charters charters, InstantSource clock) {
    this.charters = charters;
    this.clock = clock;
  }

  Moment now() {
    return at(clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  Moment at(Instant at) {
    return new Moment(at, charters.versionAt(at));
  }
}
