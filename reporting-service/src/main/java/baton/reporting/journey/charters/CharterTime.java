package baton.reporting.journey.charters;

import baton.charter.Agreement;
import baton.charter.Terms;
import baton.charter.time.Calendar;
import baton.chassis.charter.Charters;
import baton.reporting.journey.Worked;
import baton.reporting.journey.WorkingTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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
  private final Map<Integer, Reading> readings = new ConcurrentHashMap<>();

  CharterTime(Charters charters) {
    this.charters = charters;
  }

  @Override
  public @Nullable Worked worked(int charter, Instant at) {
    return isKnown(charter)
        ? readings
            .computeIfAbsent(charter, version -> Reading.of(charters.agreement(version)))
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

  /** One calendar, with how long it had been open by the beginning of each day. */
  static final class Reading {
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final int id;
    private final Calendar calendar;
    private long[] openBefore = {0};

    private Reading(int id, Calendar calendar) {
      this.id = id;
      this.calendar = calendar;
    }

    /** Versions that leave the calendar as it was read alike. */
    static Reading of(Agreement agreement) {
      var written = agreement.document().path("calendars").path(Terms.DEFAULT_CALENDAR);
      return new Reading(written.toString().hashCode(), agreement.calendar());
    }

    @Nullable Worked at(Instant instant) {
      if (instant.isBefore(FIRST) || !instant.isBefore(LAST)) {
        return null;
      }
      int day = (int) (Duration.between(FIRST, instant).toMillis() / DAY);
      return new Worked(id, openBefore(day) + calendar.between(start(day), instant).toMillis());
    }

    private synchronized long openBefore(int day) {
      int known = openBefore.length;
      if (day >= known) {
        openBefore = Arrays.copyOf(openBefore, day + 1);
        for (int next = known; next <= day; next++) {
          openBefore[next] =
              openBefore[next - 1] + calendar.between(start(next - 1), start(next)).toMillis();
        }
      }
      return openBefore[day];
    }

    private static Instant start(int day) {
      return FIRST.plusMillis(day * DAY);
    }
  }
}
