package baton.local.command;

import baton.local.stack.Checkout;
import baton.local.stack.Stack;
import java.io.PrintStream;

/**
 * Whether JVMs learn to start quickly: the {@code baton} script says so. Others who start a stack
 * here, tests above all, leave the checkout as it is.
 */
final class Learning {
  private Learning() {}

  static Stack stack(DataOption data, PortOption port) {
    return isWanted()
        ? Stack.learning(Checkout.here(), data.folder(), port.base())
        : Stack.in(Checkout.here(), data.folder(), port.base());
  }

  /** After a stack has ended: what its JVMs recorded is made use of while nobody waits for it. */
  static void begin(Stack stack, PrintStream out) {
    if (isWanted() && stack.learn().isPresent()) {
      out.println(
          "the next start will be quicker: a process of a minute sees to it, once per build");
    }
  }

  private static boolean isWanted() {
    return Boolean.getBoolean("baton.learns");
  }
}
