package baton.reporting.journey;

/** By what a stage is known to have been reached, the surest first. */
public enum How {
  /** A fact says so. */
  EXPLICIT,
  /** Silence meant consent: the charter accepted the lead in the seller's stead. */
  DEEMED,
  /** No fact says so, but a later stage was reached. */
  INFERRED
}
