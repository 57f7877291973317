package baton.handoff.notification;

import org.jspecify.annotations.Nullable;

/** What an attempt met. */
public sealed interface Reply {

  /** {@code excerpt} is the beginning of the body, fit to be shown. */
  record Answered(int status, @Nullable String retryAfter, @Nullable String excerpt)
      implements Reply {}

  /** Nobody answered; {@code why} in words for the subscriber. */
  record Silence(String why) implements Reply {}

  /** Not sent at all: the address isn't one that may be sent to. */
  record Refused(String why) implements Reply {}
}
