package baton.local.command;

import baton.local.client.Rest;
import baton.local.table.MeetingTable;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
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
        out.print(
            MeetingTable.of(
                rest.get("reporting", "report", path),
                proposed(rest.get("handoff", "report", "/charters"))));
      }
    }
    return 0;
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
