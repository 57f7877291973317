package baton.local.command;

import baton.local.client.Refused;
import baton.local.client.Rest;
import baton.local.progress.Progress;
import baton.local.table.ReplayTable;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "what-if",
    mixinStandardHelpOptions = true,
    description = {
      "Replays a draft charter over what happened, and prints both side by side:",
      "MQLs, promises, acceptance and load, and what a replay can't know."
    })
final class WhatIfCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Mixin private WindowOptions window = new WindowOptions();

  @Parameters(paramLabel = "FILE", description = "the draft, in YAML, or JSON by its name")
  private Path file = Path.of("charter.yaml");

  @Option(names = "--json", description = "the service's own answer")
  private boolean json;

  private final PrintStream out;

  WhatIfCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    var text = CharterCommand.text(file);
    try (var rest = new Rest(data.stack());
        var hearing = new Hearing()) {
      rest.hear(
          "reporting",
          "report",
          Rest.asking("/what-if", query()),
          CharterCommand.mediaType(file),
          text,
          hearing::hear);
      hearing.close();
      out.print(json ? hearing.result.toPrettyString() + "\n" : ReplayTable.of(hearing.result));
      return 0;
    } catch (Refused refused) {
      if (refused.status() != CharterCommand.INVALID) {
        throw refused;
      }
      out.print(CharterCommand.faults(refused.problem()));
      return 1;
    }
  }

  private Map<String, @Nullable String> query() {
    var query = new LinkedHashMap<String, @Nullable String>();
    window.ask(query);
    return query;
  }

  /** What is said on the way, as a bar, and at the end. */
  private final class Hearing implements AutoCloseable {
    private @Nullable Progress bar;
    private long read;
    private JsonNode result = MissingNode.getInstance();

    void hear(JsonNode line) {
      if (line.has("result")) {
        result = line.path("result");
        step(result.path("leadsRead").asLong());
      } else if (line.has("progress")) {
        var progress = line.path("progress");
        if (bar == null && !json) {
          bar = new Progress("replaying leads", progress.path("of").asLong(), out);
        }
        step(progress.path("read").asLong());
      }
    }

    private void step(long now) {
      if (bar != null && now > read) {
        bar.step(now - read);
        read = now;
      }
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
      }
    }
  }
}
