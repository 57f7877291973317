package baton.local.command;

/** A command that can't be carried out; the message says why and is all that a user sees. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  Refusal(String why) {
    super(why, null, false, false);
  }
}
