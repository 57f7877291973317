package baton.local.command;

import baton.local.stack.BatonFile;
import baton.local.stack.Stack;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts PostgreSQL, Kafka and the four services on this machine, on 127.0.0.1 only.",
      "The services take the ports N+1 to N+4, PostgreSQL N+5, Kafka N+6 and N+7.",
      "Stays until Ctrl-C, or with --detach returns when everything is ready.",
      "The folder's baton.json says addresses and keys. Data survives down and up."
    })
final class UpCommand implements Callable<Integer> {
  @Mixin private final DataOption data = new DataOption();
  @Mixin private final PortOption port = new PortOption();

  @Option(names = "--detach", description = "leave it running and return when it is ready")
  private boolean detach;

  private final PrintStream out;

  UpCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var stack = Learning.stack(data, port);
    if (detach) {
      start(stack, out);
      return 0;
    }
    return Foreground.run(stack, out, () -> start(stack, out));
  }

  static void start(Stack stack, PrintStream out) {
    if (stack.isRunning()) {
      throw new Refusal(
          "the stack in "
              + stack.data()
              + " is running already: ./baton status shows it, ./baton down ends it");
    }
    var began = System.nanoTime();
    out.println(
        "starting PostgreSQL, Kafka and the services; logs are in " + stack.data() + "/logs");
    stack.up(news -> out.println("  " + news));
    out.printf("all is ready after %.1f s%n", (System.nanoTime() - began) / 1e9);
    out.println();
    stack
        .file()
        .services()
        .forEach(
            (service, at) -> out.printf("  %-10s %s  (%s/docs)%n", service, at.url(), at.url()));
    out.printf("  %-10s %s/%n", "scoreboard", stack.file().url("reporting"));
    out.printf("  %-10s %s%n", "addresses, keys", BatonFile.path(stack.data()));
  }
}
