package baton.chassis.database;

/**
 * Another transaction changed what this one had begun to decide on: whatever threw it is decided
 * again, in a new transaction, on what the other one left.
 */
public class Contended extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Contended(String what) {
    super(what, null, false, false);
  }
}
