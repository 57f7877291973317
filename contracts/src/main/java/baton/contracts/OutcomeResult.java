package baton.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

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
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
