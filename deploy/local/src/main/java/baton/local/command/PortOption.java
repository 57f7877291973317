package baton.local.command;

import baton.local.stack.Stack;
import picocli.CommandLine.Option;

/** Where a stack's ports begin. */
final class PortOption {
  private static final int HIGHEST = 65_535;

  @Option(
      names = "--port-base",
      paramLabel = "N",
      defaultValue = "8080",
      description = "where the ports begin (default: ${DEFAULT-VALUE})")
  private int base;

  int base() {
    if (base < 0 || base > HIGHEST - Stack.PORTS) {
      throw new Refusal("--port-base goes from 0 to " + (HIGHEST - Stack.PORTS));
    }
    return base;
  }
}
