package baton.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

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
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The step that a word means; fails with an IllegalArgumentException where it means none. */
  public static RequestStep of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
