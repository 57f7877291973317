package baton.lead.dossier;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a lead's latest pass got, as far as this service has heard. */
public enum Stage {
  @JsonProperty("captured")
  CAPTURED(false),
  @JsonProperty("mql")
  MQL(false),
  @JsonProperty("sal")
  SAL(false),
  @JsonProperty("sql")
  SQL(false),
  @JsonProperty("closed")
  CLOSED(true),
  @JsonProperty("rejected")
  REJECTED(true),
  @JsonProperty("returned")
  RETURNED(true),
  @JsonProperty("disqualified")
  DISQUALIFIED(true),
  @JsonProperty("lost")
  LOST(true),
  @JsonProperty("won")
  WON(true);

  private final boolean end;

  Stage(boolean end) {
    this.end = end;
  }

  /** Whether a pass is over when it gets here. */
  public boolean isEnd() {
    return end;
  }

  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
