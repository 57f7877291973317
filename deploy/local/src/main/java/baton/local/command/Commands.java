package baton.local.command;

import baton.local.client.Refused;
import baton.local.stack.NotUp;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** All commands as one line that can be executed. */
@Command(
    name = "baton",
    mixinStandardHelpOptions = true,
    description = "Hands leads from marketing to sales and shows both one funnel.")
public final class Commands {
  private Commands() {}

  public static CommandLine line(PrintStream out, PrintStream err) {
    return new CommandLine(new Commands())
        .addSubcommand(new UpCommand(out))
        .addSubcommand(new DownCommand(out))
        .addSubcommand(new StatusCommand(out))
        .addSubcommand(new DemoCommand(out))
        .addSubcommand(new LoadCommand(out))
        .addSubcommand(new AuditCommand(out))
        .addSubcommand(new FunnelCommand(out))
        .addSubcommand(new SlaCommand(out))
        .addSubcommand(new VelocityCommand(out))
        .addSubcommand(new AttributionCommand(out))
        .addSubcommand(new CalibrationCommand(out))
        .addSubcommand(new MeetingCommand(out, Clock.systemUTC()))
        .addSubcommand(new CharterCommand(out))
        .addSubcommand(new WhatIfCommand(out))
        .addSubcommand(new RehearseCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (failure, _, _) -> {
              switch (failure) {
                case Refusal _, Refused _, NotUp _ -> err.println("baton: " + failure.getMessage());
                // A full disk, a folder that is somebody else's: the system's own words say it
                // best.
                case UncheckedIOException refused -> err.println("baton: " + refused.getCause());
                default -> failure.printStackTrace(err);
              }
              return 1;
            });
  }
}
