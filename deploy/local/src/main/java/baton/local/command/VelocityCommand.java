package baton.local.command;

import baton.local.table.VelocityTable;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "velocity",
    mixinStandardHelpOptions = true,
    description = "Prints how fast leads were answered and got on.")
final class VelocityCommand implements Callable<Integer> {
  @Mixin private final QuestionOptions question = new QuestionOptions();

  private final PrintStream out;

  VelocityCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    return question.print("velocity", VelocityTable::of, out);
  }
}
