package baton.handoff.clock;

/** What a look at the due ones came to, and after how long another is worth while. */
public record Look(int taken, boolean mayBeMore, long nextInMillis) {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long HELD_BY_OTHERS = 20;

  /** Nothing is due now, and nobody can say when something will be. */
  public static Look nothing() {
    return new Look(0, false, NEVER);
  }

  /** What is due already and wasn't there to be taken is held by others. */
  public static Look nothingFor(long millis) {
    return new Look(0, false, millis > 0 ? millis : HELD_BY_OTHERS);
  }

  /** Of {@code found} some may be held by others, and are left for the next look. */
  public static Look took(int taken, int found, int atMost) {
    return new Look(taken, taken > 0 && found == atMost, taken > 0 ? 0 : HELD_BY_OTHERS);
  }

  public Look and(Look other) {
    return new Look(
        taken + other.taken,
        mayBeMore || other.mayBeMore,
        Math.min(nextInMillis, other.nextInMillis));
  }
}
