package baton.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * {@code erased}: personal data removed, counts stay. {@code retracted}: it leaves every number.
 */
public enum ErasureKind {
  @JsonProperty("erased")
  ERASED,
  @JsonProperty("retracted")
  RETRACTED;

  /** The word for it on the wire. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
