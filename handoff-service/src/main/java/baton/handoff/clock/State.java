package baton.handoff.clock;

import java.util.Locale;

/** How a promise stands. */
public enum State {
  /** What starts it hasn't happened. */
  WAITING,
  RUNNING,
  MET,
  BROKEN,
  /** It ended before it was due, and came to nothing that could be judged. */
  CANCELLED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static State named(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
