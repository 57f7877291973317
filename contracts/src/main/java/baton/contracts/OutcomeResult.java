package baton.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What became of a lead; {@code voided} takes an earlier word back. */
public enum OutcomeResult {
  @JsonProperty("opportunity")
  OPPORTUNITY,
  @JsonProperty("won")
  WON,
  @JsonProperty("lost")
  LOST,
  @JsonProperty("disqualified")
  DISQUALIFIED,
  @JsonProperty("purchased")
  PURCHASED,
  @JsonProperty("renewed")
  RENEWED,
  @JsonProperty("churned")
  CHURNED,
  @JsonProperty("voided")
  VOIDED;

  /** The word for it on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The result that a word means; fails with an IllegalArgumentException where it means none. */
  public static OutcomeResult of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
