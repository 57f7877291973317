package baton.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What money was spent on: media alone, or what else it took; both together are fully loaded. */
public enum SpendKind {
  @JsonProperty("media")
  MEDIA,
  @JsonProperty("other")
  OTHER;

  /** The word for it on the wire. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
