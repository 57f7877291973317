package baton.local.command;

import baton.local.table.FunnelTable;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "funnel",
    mixinStandardHelpOptions = true,
    description = "Prints the funnel: how many leads reached which stage, and what became of them.")
final class FunnelCommand implements Callable<Integer> {
  @Mixin private final QuestionOptions question = new QuestionOptions();

  private final PrintStream out;

  FunnelCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    return question.print("funnel", FunnelTable::of, out);
  }
}
