package baton.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where the first interest came from: a deal of marketing or of somebody else. */
public enum Origin {
  @JsonProperty("inbound")
  INBOUND,
  @JsonProperty("outbound")
  OUTBOUND,
  @JsonProperty("partner")
  PARTNER,
  @JsonProperty("expansion")
  EXPANSION;

  /** The word for it on the wire. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
