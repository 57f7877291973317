package baton.reporting.journey;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far the working time of a calendar had come: what lies between two readings of one calendar
 * is business time. Kept with the fact, so that what a journey counts for depends on nothing else.
 *
 * @param calendar tells one calendar from another
 * @param millis open since 2000
 */
public record Worked(int calendar, long millis) {
  /** Null where the two were read from different calendars. */
  public @Nullable Duration since(Worked start) {
    return calendar == start.calendar ? Duration.ofMillis(millis - start.millis) : null;
  }
}
