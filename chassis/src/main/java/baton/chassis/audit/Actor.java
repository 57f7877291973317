package baton.chassis.audit;

import baton.chassis.access.Caller;
import baton.chassis.access.CurrentCaller;

/** Who did it: whoever called, or else the service by itself. */
record Actor(String caller, String role) {
  private static final Actor ITSELF = new Actor("baton", "baton");

  static Actor ofThisWork() {
    return CurrentCaller.ofThisWork().map(Actor::of).orElse(ITSELF);
  }

  private static Actor of(Caller caller) {
    return new Actor(caller.keyId(), caller.role().word());
  }
}
