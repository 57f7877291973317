package baton.local.command;

import baton.local.table.AttributionTable;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "attribution",
    mixinStandardHelpOptions = true,
    description = {
      "Prints which touches won deals are owed to, and how much of them.",
      "By one to three of channel (unless said otherwise), source, medium, campaign: the touch's."
    })
final class AttributionCommand implements Callable<Integer> {
  @Mixin private final QuestionOptions question = new QuestionOptions();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "first, last, last-non-direct, linear (unless said otherwise), u-50-50,"
              + " position-40-20-40, w-shaped, full-path, time-decay or markov")
  private @Nullable String model;

  @Option(
      names = "--look-back-days",
      paramLabel = "N",
      description = "only touches of the last N days before a deal")
  private @Nullable String lookBackDays;

  @Option(
      names = "--half-life-days",
      paramLabel = "N",
      description = "time-decay: by how many days a touch that weighs half is older")
  private @Nullable String halfLifeDays;

  private final PrintStream out;

  AttributionCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    var query = new LinkedHashMap<String, @Nullable String>();
    query.put("model", model);
    query.put("lookBackDays", lookBackDays);
    query.put("halfLifeDays", halfLifeDays);
    return question.print("attribution", query, AttributionTable::of, out);
  }
}
