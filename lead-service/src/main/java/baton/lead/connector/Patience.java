package baton.lead.connector;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How often, and how far apart, a vendor is asked for whom it announced. */
final class Patience {
  /** Some three days. */
  static final int ATTEMPTS = 16;

  private static final Duration FIRST = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofHours(8);

  private Patience() {}

  /**
   * When to ask again; null when it was asked often enough.
   *
   * @param attempts that were in vain
   * @param asked by the vendor to be left alone; null where it isn't said
   * @param jitter from 0 to 1
   */
  static @Nullable Instant next(
      int attempts, @Nullable Duration asked, Instant now, double jitter) {
    if (attempts >= ATTEMPTS) {
      return null;
    }
    var doubled = FIRST.multipliedBy(1L << Math.min(attempts - 1, 20));
    var pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    if (asked != null && asked.compareTo(pause) > 0) {
      pause = asked.compareTo(LONGEST) < 0 ? asked : LONGEST;
    }
    return now.plus(pause).plusMillis((long) (pause.toMillis() * 0.2 * jitter));
  }
}
