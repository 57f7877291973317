package baton.reporting.journey;

import baton.charter.Agreement;
import baton.charter.time.Calendar;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One calendar, with how long it had been open by the beginning of each day. */
public final class WorkingDays {
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final int id;
  private final Calendar calendar;
  private long[] openBefore = {0};

  private WorkingDays(int id, Calendar calendar) {
    this.id = id;
    this.calendar = calendar;
  }

  public static WorkingDays of(Agreement agreement) {
    return new WorkingDays(agreement.calendarId(), agreement.calendar());
  }

  public @Nullable Worked at(Instant instant) {
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
