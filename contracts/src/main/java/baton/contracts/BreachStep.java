package baton.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** A breach is published when judged; the other side may then dispute, excuse or uphold it. */
public enum BreachStep {
  @JsonProperty("breached")
  BREACHED,
  @JsonProperty("disputed")
  DISPUTED,
  @JsonProperty("excused")
  EXCUSED,
  @JsonProperty("upheld")
  UPHELD;

  /** The word for it on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The step that a word means; fails with an IllegalArgumentException where it means none. */
  public static BreachStep of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
