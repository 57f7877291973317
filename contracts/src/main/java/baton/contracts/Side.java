package baton.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The two that sign a charter and owe each other its promises. */
public enum Side {
  @JsonProperty("marketing")
  MARKETING,
  @JsonProperty("sales")
  SALES;

  /** The word for it on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The side that a word means; fails with an IllegalArgumentException where it means none. */
  public static Side of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
