package baton.local.command;

import baton.local.stack.Checkout;
import baton.local.stack.Stack;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops the services, then Kafka and PostgreSQL. The data stays.")
final class DownCommand implements Callable<Integer> {
  @Mixin private final DataOption data = new DataOption();

  private final PrintStream out;

  DownCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var stack = Stack.found(Checkout.here(), data.folder());
    if (stack.isEmpty() || !stack.get().isRunning()) {
      out.println("nothing runs in " + data.folder());
    } else {
      stack.get().down(out::println);
      Learning.begin(stack.get(), out);
    }
    return 0;
  }
}
