package baton.handoff.notification;

import java.time.Duration;

/** What becomes of a delivery after an attempt. */
public sealed interface Next {
  record Delivered() implements Next {}

  record Again(Duration after) implements Next {}

  record Failed() implements Next {}

  /** The receiver wants nothing any more: the subscription ends with it. */
  record Gone() implements Next {}
}
