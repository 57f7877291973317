package baton.local;

import baton.local.command.Commands;

/** {@code ./baton}, once it is built. */
public final class Baton {
  private Baton() {}

  public static void main(String[] arguments) {
    System.exit(Commands.line(System.out, System.err).execute(arguments));
  }
}
