package baton.local.command;

import baton.local.client.Rest;
import baton.local.table.CalibrationTable;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "calibration",
    mixinStandardHelpOptions = true,
    description = "Prints what the outcomes say the scoring should be, beside today's.")
final class CalibrationCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--outcome",
      paramLabel = "OUTCOME",
      description = "what counts as success: won (unless said otherwise) or sql")
  private @Nullable String outcome;

  @Option(names = "--from", paramLabel = "DATE", description = "captured from this day on")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DATE", description = "captured before this day")
  private @Nullable String to;

  @Option(names = "--zone", paramLabel = "ZONE", description = "what a day is, as Europe/Berlin")
  private @Nullable String zone;

  @Option(
      names = "--within-days",
      paramLabel = "N",
      description = "success counts in a lead's first N days only")
  private @Nullable String withinDays;

  @Option(
      names = "--leave-out",
      split = ",",
      paramLabel = "FIELD",
      description = "fields not to use, as attributes.tags")
  private List<String> leaveOut = List.of();

  @Option(
      names = "--keep",
      split = ",",
      paramLabel = "FIELD",
      description = "fields to use although they look as if the outcome had been known")
  private List<String> keep = List.of();

  @Option(
      names = "--draft",
      paramLabel = "FILE",
      description = "writes the draft charter, to be proposed; an existing file is left alone")
  private @Nullable Path draft;

  @Option(names = "--json", description = "the service's own answer")
  private boolean json;

  @Option(names = "--csv", description = "the tenths of leads as CSV")
  private boolean csv;

  private final PrintStream out;

  CalibrationCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    if (draft != null && Files.exists(draft)) {
      throw new Refusal(draft + " is there already");
    }
    var path = Rest.asking("/calibration", query());
    try (var rest = new Rest(data.stack())) {
      if (csv) {
        out.print(rest.text("reporting", "report", path, "text/csv"));
        return 0;
      }
      var answer = rest.get("reporting", "report", path);
      out.print(json ? answer.toPrettyString() + "\n" : CalibrationTable.of(answer));
      if (draft != null) {
        keep(answer.path("draft"), draft);
      }
    }
    return 0;
  }

  private void keep(JsonNode charter, Path file) throws IOException {
    if (charter.isMissingNode()) {
      throw new Refusal("there is no draft to write: nothing was learned");
    }
    Files.writeString(file, charter.toPrettyString() + "\n");
    out.printf("%n  ./baton charter propose %s%n", file);
  }

  private Map<String, @Nullable String> query() {
    var query = new LinkedHashMap<String, @Nullable String>();
    query.put("outcome", outcome);
    query.put("from", from);
    query.put("to", to);
    query.put("zone", zone);
    query.put("withinDays", withinDays);
    query.put("leaveOut", leaveOut.isEmpty() ? null : String.join(",", leaveOut));
    query.put("keep", keep.isEmpty() ? null : String.join(",", keep));
    return query;
  }
}
