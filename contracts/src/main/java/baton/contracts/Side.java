package baton.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The two that sign a charter and owe each other its promises. */
public enum Side {
  @JsonProperty("marketing")
  MARKETING,
  @JsonProperty("sales")
  SALES;

  /** The word for it on the wire. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
