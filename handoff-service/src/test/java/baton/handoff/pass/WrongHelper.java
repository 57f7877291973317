package baton.handoff.pass;

import java.time.Instant;

/** A name that says nothing, and a clock of its own: two rules must notice. */
record WrongHelper(Instant at) {
  static WrongHelper now() {
    return new WrongHelper(Instant.now());
  }
}
