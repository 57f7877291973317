package baton.local.load;

import baton.local.client.Rest;
import baton.local.progress.Progress;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Posts a file's rows, a few hundred at a time and in order, and keeps the refused ones. */
public final class Loading {
  private static final int LINES_PER_POST = 500;

  private final Posting posting;
  private final Path rejects;

  /** How many lines became what: {@code captured}, {@code recognised}, … and {@code refused}. */
  public record Result(long lines, long refused, Map<String, Long> outcomes) {}

  public Loading(Rest rest, Posts posts, Path rejects) {
    this.posting = Posting.of(posts, rest);
    this.rejects = rejects;
  }

  public Result load(Export export, Progress progress) throws IOException, Unusable {
    var run = new Run(progress);
    try {
      export.forEach(run::take);
      run.post();
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    } finally {
      run.close();
    }
    return new Result(run.lines, run.refused, run.outcomes);
  }

  private final class Run {
    private final Progress progress;
    private final List<Line> waiting = new ArrayList<>();
    private final Map<String, Long> outcomes = new TreeMap<>();
    private long lines;
    private long refused;
    private @Nullable CsvWriter writer;

    Run(Progress progress) {
      this.progress = progress;
    }

    void take(Line line) {
      lines++;
      switch (line.made()) {
        case Made.Refused(var reason) -> {
          refuse(line, reason);
          progress.step();
        }
        case Made.Command _ -> {
          waiting.add(line);
          if (waiting.size() == LINES_PER_POST) {
            post();
          }
        }
      }
    }

    void post() {
      if (waiting.isEmpty()) {
        return;
      }
      var commands = new ArrayList<ObjectNode>();
      waiting.forEach(
          line -> {
            if (line.made() instanceof Made.Command(var body)) {
              commands.add(body);
            }
          });
      var became = posting.post(commands);
      for (var i = 0; i < became.size(); i++) {
        judge(waiting.get(i), became.get(i));
      }
      progress.step(waiting.size());
      waiting.clear();
    }

    private void judge(Line line, Posting.Became became) {
      became.words().forEach(word -> outcomes.merge(word, 1L, Long::sum));
      if (!became.refusals().isEmpty()) {
        refuse(line, String.join("; ", became.refusals()));
      }
    }

    private void refuse(Line line, String reason) {
      refused++;
      try {
        var row = new LinkedHashMap<String, String>();
        row.put("line", Long.toString(line.number()));
        row.putAll(line.cells());
        row.put("reason", reason);
        var to = writer;
        if (to == null) {
          to = CsvWriter.builder().build(rejects);
          writer = to;
          to.writeRecord(row.keySet());
        }
        to.writeRecord(row.values());
      } catch (IOException full) {
        throw new UncheckedIOException(full);
      }
    }

    void close() throws IOException {
      if (writer != null) {
        writer.close();
      } else {
        Files.deleteIfExists(rejects);
      }
    }
  }
}
