package baton.handoff.routing;

import org.jspecify.annotations.Nullable;

/** What the rotation makes of a handoff. */
public sealed interface Dealt {

  /** Why it goes to whom, or to nobody. */
  String why();

  /** Who got it, and why it was his turn. */
  record Turn(String sellerId, @Nullable String team, String why) implements Dealt {}

  /** Nobody was eligible. */
  record Nobody(String why) implements Dealt {}
}
