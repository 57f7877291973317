package baton.chassis.command;

import baton.chassis.problem.Faults;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** When a sender says something happened: not in the future, not before there were clouds. */
public final class OccurredAt {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private OccurredAt() {}

  /** The instant in milliseconds; {@code now} where none is given or the given one is refused. */
  public static Instant check(@Nullable Instant given, Instant now, String pointer, Faults faults) {
    if (given == null) {
      return now.truncatedTo(ChronoUnit.MILLIS);
    }
    if (given.isBefore(EARLIEST)) {
      faults.add(pointer, "must not be before 2000-01-01T00:00:00Z");
      return now.truncatedTo(ChronoUnit.MILLIS);
    }
    if (given.isAfter(now.plus(AHEAD))) {
      faults.add(pointer, "must not be more than 5 minutes in the future");
      return now.truncatedTo(ChronoUnit.MILLIS);
    }
    return given.truncatedTo(ChronoUnit.MILLIS);
  }
}
