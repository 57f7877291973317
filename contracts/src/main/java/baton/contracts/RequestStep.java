package baton.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The life of a request for material. */
public enum RequestStep {
  @JsonProperty("requested")
  REQUESTED,
  @JsonProperty("accepted")
  ACCEPTED,
  @JsonProperty("delivered")
  DELIVERED,
  @JsonProperty("confirmed")
  CONFIRMED,
  @JsonProperty("declined")
  DECLINED;

  /** The word for it on the wire. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
