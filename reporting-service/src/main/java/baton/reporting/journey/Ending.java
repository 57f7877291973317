package baton.reporting.journey;

import java.util.Locale;

/** How a pass can end; of two at the same moment the earlier here holds. */
public enum Ending {
  WON,
  LOST,
  REJECTED,
  RETURNED,
  DISQUALIFIED;

  /** The word for it in reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
