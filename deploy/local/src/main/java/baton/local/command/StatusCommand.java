package baton.local.command;

import baton.local.stack.Checkout;
import baton.local.stack.Stack;
import baton.local.table.Table;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows each part of the stack: its state, address, process and memory.",
      "Exits with 0 when all parts are ready, with 1 otherwise."
    })
final class StatusCommand implements Callable<Integer> {
  @Mixin private final DataOption data = new DataOption();

  private final PrintStream out;

  StatusCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var stack = Stack.found(Checkout.here(), data.folder());
    if (stack.isEmpty()) {
      out.println("no stack was started in " + data.folder());
      return 1;
    }
    var states = stack.get().states();
    var table = new Table(3, List.of("part", "state", "address", "pid", "memory"));
    for (var state : states) {
      table.row(
          List.of(
              state.part().word(),
              state.ready() ? "ready" : state.running() ? "not ready" : "not running",
              state.address(),
              state.running() ? Long.toString(state.pid()) : "–",
              state.running() ? megabytes(state.memory()) : "–"));
    }
    table.row(
        List.of("", "", "", "", megabytes(states.stream().mapToLong(Stack.State::memory).sum())));
    out.print(table.text());
    states.stream()
        .filter(state -> !state.ready())
        .forEach(
            state ->
                out.println(state.part().word() + "'s log is " + stack.get().log(state.part())));
    return states.stream().allMatch(Stack.State::ready) ? 0 : 1;
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000);
  }
}
