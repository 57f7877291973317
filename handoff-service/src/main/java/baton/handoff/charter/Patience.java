package baton.handoff.charter;

/**
 * Another service may stamp a fact with a charter that this instance hears of a moment later. The
 * fact waits then, and is parked if nobody tells of the charter.
 */
public interface Patience {

  /** Returns if the version is known here; fails so that it is tried again soon, or is parked. */
  void await(int version);
}
