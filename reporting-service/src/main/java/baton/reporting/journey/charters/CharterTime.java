package baton.reporting.journey.charters;

import baton.chassis.charter.Charters;
import baton.reporting.journey.Worked;
import baton.reporting.journey.WorkingDays;
import baton.reporting.journey.WorkingTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The charter's own calendar; a seller's hours are not known here. */
@ApplicationScoped
class CharterTime implements WorkingTime {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration UNTIL_AGAIN = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Charters charters;
  private final Set<Integer> unsigned = ConcurrentHashMap.newKeySet();
  private volatile long waitAgain = System.nanoTime();
  private final Map<Integer, WorkingDays> days = new ConcurrentHashMap<>();

  CharterTime(Charters charters) {
    this.charters = charters;
  }

  @Override
  public @Nullable Worked worked(int charter, Instant at) {
    return isKnown(charter)
        ? days.computeIfAbsent(charter, version -> WorkingDays.of(charters.agreement(version)))
            .at(at)
        : null;
  }

  /** The topic of charters may lag behind what is stamped with them: then it is waited for. */
  private boolean isKnown(int charter) {
    if (charters.knows(charter)) {
      return true;
    }
    long asked = System.nanoTime();
    if (unsigned.contains(charter) || asked - waitAgain < 0) {
      return false;
    }
    try {
      while (!charters.knowsAllOf(asked)) {
        if (System.nanoTime() - asked > PATIENCE.toNanos()) {
          waitAgain = System.nanoTime() + UNTIL_AGAIN.toNanos();
          return charters.knows(charter);
        }
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException asIfItWereAway) {
      Thread.currentThread().interrupt();
      return charters.knows(charter);
    }
    if (!charters.knows(charter)) {
      unsigned.add(charter);
      return false;
    }
    return true;
  }
}
