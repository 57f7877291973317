package baton.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

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
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
