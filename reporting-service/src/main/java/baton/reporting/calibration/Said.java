package baton.reporting.calibration;

/** What a field of a lead says. */
public sealed interface Said {
  /**
   * A word, or a yes or no.
   *
   * @param literal as a rule writes it: {@code "google"} in quotation marks, {@code true} without
   */
  record Word(String literal) implements Said {}

  record Amount(double number) implements Said {}
}
