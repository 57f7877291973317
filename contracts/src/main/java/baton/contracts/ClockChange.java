package baton.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happened to a clock of a clause. */
public enum ClockChange {
  @JsonProperty("started")
  STARTED,
  @JsonProperty("stopped")
  STOPPED;

  /** The word for it on the wire. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
