package baton.handoff.pass;

import java.util.Locale;

/** What came of a try to reach a lead. */
public enum Result {
  CONNECTED,
  NO_ANSWER,
  VOICEMAIL,
  BOUNCED;

  /** The word for it on the wire. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
