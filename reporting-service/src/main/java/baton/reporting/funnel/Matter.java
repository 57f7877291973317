package baton.reporting.funnel;

/**
 * What notes are about. Each has terms of its own, made and read where its numbers are defined. The
 * order is stored.
 */
public enum Matter {
  /** How a pass went, at the time it began. */
  PASS,
  /** How an offer was answered. */
  DECISION,
  /** How a pass ended. */
  END,
  /** What sales thought of the lead. */
  RATING,
  /** A promise kept, broken or excused, at the time it was due. */
  PROMISE,
  /** A promise still open, at the time it is due. */
  OPEN_PROMISE,
  /** A deal won or lost, at its close. */
  DEAL,
  /** A deal still open. */
  OPEN_DEAL,
  /** What a customer did since it was acquired, at that time. */
  CUSTOMER
}
