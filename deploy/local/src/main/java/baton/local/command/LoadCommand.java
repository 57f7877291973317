package baton.local.command;

import baton.local.client.Rest;
import baton.local.load.Export;
import baton.local.load.Import;
import baton.local.load.Loading;
import baton.local.load.Posts;
import baton.local.load.Unusable;
import baton.local.progress.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Puts leads, touches and outcomes from CSV or NDJSON files in, through REST.",
      "CSV of leads is imported: GET /imports of lead-service lists it, DELETE undoes it.",
      "Rows that are refused are kept in a CSV file beside the data, with the reason of each.",
      "A row with an external id can be loaded again: it is the same lead, touch or outcome.",
      "",
      "A mapping (YAML or JSON) says which column is which field; those shipped are in",
      "deploy/local/mappings, and a mapping there may be given by its name alone. Without one,",
      "columns bear the names of the API's fields (contact.email, externalIds.crm), and NDJSON",
      "lines are the API's own commands."
    })
final class LoadCommand implements Callable<Integer> {
  @Mixin private final DataOption data = new DataOption();

  @Option(names = "--leads", paramLabel = "FILE", description = "leads to capture")
  private @Nullable Path leads;

  @Option(names = "--touches", paramLabel = "FILE", description = "touches of leads")
  private @Nullable Path touches;

  @Option(names = "--outcomes", paramLabel = "FILE", description = "what became of leads")
  private @Nullable Path outcomes;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description =
          "a CRM's leads with their dates of MQL, first outreach and status, and their owner")
  private @Nullable Path history;

  @Mixin private final MappingOptions mappings = new MappingOptions();

  private final PrintStream out;

  LoadCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    var files = new ArrayList<Given>();
    give(files, leads, Posts.LEADS);
    give(files, touches, Posts.TOUCHES);
    give(files, outcomes, Posts.OUTCOMES);
    give(files, history, Posts.HISTORY);
    if (files.isEmpty()) {
      throw new Refusal(
          "nothing to load: name a file by --leads, --touches, --outcomes or --history");
    }
    var refused = 0L;
    try (var rest = new Rest(data.stack())) {
      for (var given : files) {
        refused += load(rest, given);
      }
    } catch (Unusable unusable) {
      throw new Refusal(String.valueOf(unusable.getMessage()));
    }
    return refused == 0 ? 0 : 2;
  }

  private record Given(Path file, Posts posts) {}

  private static void give(List<Given> files, @Nullable Path file, Posts posts) {
    if (file != null) {
      if (!Files.isReadable(file)) {
        throw new Refusal(file + " can't be read");
      }
      files.add(new Given(file, posts));
    }
  }

  private long load(Rest rest, Given given) throws IOException, Unusable {
    var mapping = mappings.of(given.posts());
    var charset = mappings.charset();
    var export = Export.of(given.file(), given.posts(), mapping, charset);
    var rejects = data.folder().resolve("rejects-" + given.file().getFileName() + ".csv");
    try (var progress = new Progress(given.posts().many(), export.lines(), out)) {
      var result =
          export instanceof Export.Csv && given.posts() == Posts.LEADS
              ? new Import(rest, rejects).load(given.file(), mapping, charset, progress)
              : new Loading(rest, given.posts(), rejects).load(export, progress);
      progress.close();
      result.outcomes().forEach((what, count) -> out.printf("  %-12s %,9d%n", what, count));
      if (result.refused() > 0) {
        out.printf("  %-12s %,9d, see %s%n", "refused", result.refused(), rejects);
      }
      return result.refused();
    }
  }
}
