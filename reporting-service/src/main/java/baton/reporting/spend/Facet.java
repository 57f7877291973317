package baton.reporting.spend;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What spend can be told apart by: the campaign, or what the campaign says of itself. */
public enum Facet {
  CAMPAIGN,
  CHANNEL,
  SOURCE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Facet> named(String word) {
    return Arrays.stream(values()).filter(facet -> facet.word().equals(word)).findFirst();
  }
}
