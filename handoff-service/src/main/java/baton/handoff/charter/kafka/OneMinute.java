package baton.handoff.charter.kafka;

import baton.chassis.charter.Charters;
import baton.chassis.problem.Problem;
import baton.handoff.charter.Patience;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts from when somebody first asked for a version. */
@ApplicationScoped
class OneMinute implements Patience {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Charters charters;
  private final InstantSource clock;
  private final Map<Integer, Instant> awaitedSince = new ConcurrentHashMap<>();

  OneMinute(Charters charters, InstantSource clock) {
    this.charters = charters;
    this.clock = clock;
  }

  @Override
  public void await(int version) {
    if (charters.knows(version)) {
      awaitedSince.remove(version);
      return;
    }
    var now = clock.instant();
    var since = awaitedSince.computeIfAbsent(version, _ -> now);
    if (now.isBefore(since.plus(PATIENCE))) {
      throw Problem.unavailable(SOON);
    }
    throw new IllegalStateException("nobody has told of charter version " + version);
  }
}
