package baton.reporting.spend;

import java.util.Locale;

/** Which spend counts: what media cost, or all that a campaign took. */
public enum Cost {
  LOADED,
  MEDIA;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
