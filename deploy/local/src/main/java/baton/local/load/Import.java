package baton.local.load;

import baton.local.client.Rest;
import baton.local.progress.Pause;
import baton.local.progress.Progress;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Has lead-service import a file of leads, and waits until it is worked off. */
public final class Import {
  private static final Set<String> UNDER_WAY = Set.of("waiting", "running");
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Rest rest;
  private final Path rejects;

  public Import(Rest rest, Path rejects) {
    this.rest = rest;
    this.rejects = rejects;
  }

  public Loading.Result load(
      Path file, @Nullable MappingFile mapping, @Nullable Charset charset, Progress progress)
      throws IOException, Unusable {
    var asked = new LinkedHashMap<String, @Nullable String>();
    asked.put("file", String.valueOf(file.getFileName()));
    if (mapping != null) {
      rest.put("lead", "admin", "/mappings/" + mapping.name(), mapping.document());
      asked.put("mapping", mapping.name());
    }
    if (charset != null) {
      asked.put("charset", charset.name());
    }
    var job = rest.upload("lead", "admin", Rest.asking("/imports", asked), "text/csv", file);
    var address = "/imports/" + job.path("importId").asText();
    long rows = 0;
    while (UNDER_WAY.contains(job.path("state").asText())) {
      Pause.of(LOOK);
      job = rest.get("lead", "admin", address);
      progress.step(job.path("rows").asLong() - rows);
      rows = job.path("rows").asLong();
    }
    if (!job.path("state").asText().equals("done")) {
      throw new Unusable(address + " " + job.path("state").asText() + ", see lead-service's log");
    }
    return result(job, address);
  }

  private Loading.Result result(JsonNode job, String address) throws IOException {
    long rejected = job.path("rejected").asLong();
    if (rejected > 0) {
      rest.download("lead", "admin", address + "/rejects", "text/csv", rejects);
    } else {
      Files.deleteIfExists(rejects);
    }
    var outcomes =
        new TreeMap<>(
            Map.of(
                "captured", job.path("new").asLong(),
                "recognised", job.path("recognised").asLong(),
                "unchanged", job.path("unchanged").asLong()));
    outcomes.values().removeIf(count -> count == 0);
    return new Loading.Result(job.path("rows").asLong(), rejected, outcomes);
  }
}
