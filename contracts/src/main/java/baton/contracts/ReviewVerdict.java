package baton.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What sales says of a campaign before its launch. */
public enum ReviewVerdict {
  @JsonProperty("approved")
  APPROVED,
  @JsonProperty("rejected")
  REJECTED,
  @JsonProperty("commented")
  COMMENTED;

  /** The word for it on the wire. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
