package baton.local.command;

import baton.local.table.SlaTable;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "sla",
    mixinStandardHelpOptions = true,
    description = "Prints how the promises of both sides were kept, clause by clause.")
final class SlaCommand implements Callable<Integer> {
  @Mixin private final QuestionOptions question = new QuestionOptions();

  private final PrintStream out;

  SlaCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    return question.print("sla", SlaTable::of, out);
  }
}
