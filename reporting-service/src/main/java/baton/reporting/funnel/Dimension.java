package baton.reporting.funnel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a report can be filtered and grouped by. */
public enum Dimension {
  SOURCE("source"),
  MEDIUM("medium"),
  CHANNEL("channel"),
  CAMPAIGN("campaign"),
  PERSONA("persona"),
  SEGMENT("segment"),
  TIER("tier"),
  COUNTRY("country"),
  COMPANY("company"),
  SELLER("seller"),
  TEAM("team"),
  LANDING_PAGE("landingPage");

  private final String word;

  Dimension(String word) {
    this.word = word;
  }

  public static Optional<Dimension> named(String word) {
    return Arrays.stream(values()).filter(dimension -> dimension.word.equals(word)).findFirst();
  }

  /** Its name in a request and an answer. */
  public String word() {
    return word;
  }

  /** Its name as a column. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
