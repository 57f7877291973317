package baton.local.command;

import picocli.CommandLine.Option;

/** Where a stack's ports begin. */
final class PortOption {
  @Option(
      names = "--port-base",
      paramLabel = "N",
      defaultValue = "8080",
      description = "where the ports begin (default: ${DEFAULT-VALUE})")
  int base;
}
