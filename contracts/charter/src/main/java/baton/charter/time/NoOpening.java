package baton.charter.time;

/** A calendar that stays closed for so long that what was asked of it has no answer. */
public final class NoOpening extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoOpening(String message) {
    super(message);
  }
}
