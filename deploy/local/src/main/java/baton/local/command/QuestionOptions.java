package baton.local.command;

import baton.local.client.Rest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What any report can be asked, and in which form it is wanted. */
final class QuestionOptions {
  @Mixin private DataOption data = new DataOption();
  @Mixin private WindowOptions window = new WindowOptions();

  @Option(
      names = "--by",
      split = ",",
      paramLabel = "DIMENSION",
      description =
          "one to three of source, medium, channel, campaign, persona, segment, tier, country,"
              + " company, seller, team, landingPage, or one of day, week, month, quarter")
  private List<String> by = List.of();

  @Option(names = "--passes", paramLabel = "PASSES", description = "any, first or all")
  private @Nullable String passes;

  @Option(
      names = "--within-days",
      paramLabel = "N",
      description = "only what happened to a lead in its first N days")
  private @Nullable String withinDays;

  @Option(names = "--json", description = "the service's own answer")
  private boolean json;

  @Option(names = "--csv", description = "the same as CSV")
  private boolean csv;

  /** Asks this report and prints it: as a table, unless asked for otherwise. */
  int print(String report, Function<JsonNode, String> table, PrintStream out) {
    return print(report, Map.of(), table, out);
  }

  /**
   * The same.
   *
   * @param more what only this report is asked
   */
  int print(
      String report,
      Map<String, @Nullable String> more,
      Function<JsonNode, String> table,
      PrintStream out) {
    var path = Rest.asking("/" + report, query(more));
    try (var rest = new Rest(data.stack())) {
      if (csv) {
        out.print(rest.text("reporting", "report", path, "text/csv"));
      } else if (json) {
        out.println(rest.get("reporting", "report", path).toPrettyString());
      } else {
        var answer = rest.get("reporting", "report", path);
        out.print(table.apply(answer));
        out.printf("%ncomplete to %s%n", answer.path("completeTo").asText());
      }
    }
    return 0;
  }

  private Map<String, @Nullable String> query(Map<String, @Nullable String> more) {
    var query = new LinkedHashMap<String, @Nullable String>(more);
    query.put("by", by.isEmpty() ? null : String.join(",", by));
    query.put("passes", passes);
    query.put("withinDays", withinDays);
    window.ask(query);
    return query;
  }
}
