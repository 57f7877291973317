package baton.handoff.notification;

import java.util.Locale;

/** How a delivery's body reads. */
public enum Format {
  /** The payload of Standard Webhooks: type, timestamp, data. */
  STANDARD,
  /** A message for a channel of Slack, or of what understands its incoming webhooks. */
  SLACK;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
