package baton.handoff.pass;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What came of a try to reach a lead. */
public enum Result {
  @JsonProperty("connected")
  CONNECTED,
  @JsonProperty("no-answer")
  NO_ANSWER,
  @JsonProperty("voicemail")
  VOICEMAIL,
  @JsonProperty("bounced")
  BOUNCED;

  /** The word for it on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
