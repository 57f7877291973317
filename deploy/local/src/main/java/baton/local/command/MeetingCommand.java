package baton.local.command;

import baton.local.client.Rest;
import baton.local.table.MeetingTable;
import baton.local.table.ReplayTable;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "meeting",
    mixinStandardHelpOptions = true,
    description = "Prints the agenda of the meeting of both sides about a week.")
final class MeetingCommand implements Callable<Integer> {
  private static final String YAML = "application/yaml";
  private static final int LENGTH = "2026-W09".length();

  @Mixin private DataOption data = new DataOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "WEEK",
      description = "an ISO week, as 2026-W09 (default: the last one that is over)")
  private @Nullable String week;

  @Option(names = "--json", description = "the service's own answer")
  private boolean json;

  @Option(names = "--markdown", description = "as Markdown")
  private boolean markdown;

  @Option(names = "--html", description = "as a page to print")
  private boolean html;

  @Option(
      names = "--what-if",
      description =
          "also what each proposed charter would have come to in that week: takes minutes where"
              + " there are many leads")
  private boolean whatIf;

  private final PrintStream out;
  private final Clock clock;

  MeetingCommand(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    var path = "/meetings/" + (week == null ? lastWeek(LocalDate.now(clock)) : week);
    try (var rest = new Rest(data.stack())) {
      if (html || markdown) {
        out.print(rest.text("reporting", "report", path, html ? "text/html" : "text/markdown"));
      } else if (json) {
        out.println(rest.get("reporting", "report", path).toPrettyString());
      } else {
        var agenda = rest.get("reporting", "report", path);
        var proposed = proposed(rest.get("handoff", "report", "/charters"));
        out.print(MeetingTable.of(agenda, proposed));
        if (whatIf) {
          proposed.forEach(version -> print(rest, agenda, version));
        }
      }
    }
    return 0;
  }

  private void print(Rest rest, JsonNode agenda, int version) {
    var week = new LinkedHashMap<String, @Nullable String>();
    week.put("basis", "period");
    for (var name : List.of("from", "to", "zone")) {
      week.put(name, agenda.path(name).asText());
    }
    var draft = rest.text("handoff", "report", "/charters/" + version, YAML);
    out.println();
    out.print(
        ReplayTable.inShort(
            version, rest.post("reporting", "report", Rest.asking("/what-if", week), YAML, draft)));
  }

  static String lastWeek(LocalDate today) {
    return today.minusWeeks(1).format(DateTimeFormatter.ISO_WEEK_DATE).substring(0, LENGTH);
  }

  /** The versions that wait for signatures. */
  private static List<Integer> proposed(JsonNode charters) {
    var versions = new ArrayList<Integer>();
    for (var charter : charters.path("items")) {
      if (charter.path("state").asText().equals("proposed")) {
        versions.add(charter.path("version").asInt());
      }
    }
    return versions;
  }
}
