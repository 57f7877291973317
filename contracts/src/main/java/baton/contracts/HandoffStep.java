package baton.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** One step of the handoff of an MQL to sales. */
public enum HandoffStep {
  @JsonProperty("offered")
  OFFERED,
  @JsonProperty("accepted")
  ACCEPTED,
  @JsonProperty("deemed-accepted")
  DEEMED_ACCEPTED,
  @JsonProperty("qualified")
  QUALIFIED,
  @JsonProperty("rejected")
  REJECTED,
  @JsonProperty("returned")
  RETURNED,
  @JsonProperty("reassigned")
  REASSIGNED,
  @JsonProperty("attempted")
  ATTEMPTED,
  @JsonProperty("connected")
  CONNECTED,
  @JsonProperty("closed")
  CLOSED,
  @JsonProperty("refused")
  REFUSED;

  /** The word for it on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The step that a word means; fails with an IllegalArgumentException where it means none. */
  public static HandoffStep of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
