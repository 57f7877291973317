package baton.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a seller did in the CRM. */
public enum SellerStep {
  @JsonProperty("attempted")
  ATTEMPTED,
  @JsonProperty("connected")
  CONNECTED,
  @JsonProperty("accepted")
  ACCEPTED,
  @JsonProperty("qualified")
  QUALIFIED,
  @JsonProperty("returned")
  RETURNED,
  @JsonProperty("rejected")
  REJECTED,
  @JsonProperty("reassigned")
  REASSIGNED;

  /** The word for it on the wire. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
