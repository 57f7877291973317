package baton.reporting.journey;

import java.util.Locale;

/** How far a lead got; reaching one implies those before it. */
public enum Stage {
  CAPTURED,
  MQL,
  SAL,
  SQL,
  WON;

  /** The word for it in reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
