package baton.handoff.charter;

/**
 * Where a version stands. It moves once: to signed by its second signature, or to overtaken by that
 * of a newer one.
 */
public enum State {
  PROPOSED,
  SIGNED,
  OVERTAKEN;

  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
