package baton.local.stack;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code baton.json}: where a stack stands and the keys to it, for scripts and for this tool. */
public record BatonFile(
    Map<String, At> services, Postgres postgres, Kafka kafka, Map<String, String> keys) {
  private static final String NAME = "baton.json";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public record At(String url, long pid) {}

  public record Postgres(
      String host,
      int port,
      String user,
      String password,
      Map<String, String> databases,
      long pid) {
    @Override
    public String toString() {
      return "Postgres[port=" + port + "]";
    }
  }

  public record Kafka(String bootstrapServers, long pid) {}

  /** The file of a data folder, when a stack was started there. */
  public static Optional<BatonFile> in(Path data) {
    var file = path(data);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), BatonFile.class));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " can't be read", unreadable);
    }
  }

  public static Path path(Path data) {
    return data.resolve(NAME);
  }

  public URI url(String service) {
    var at = services.get(service);
    if (at == null) {
      throw new IllegalArgumentException("no service " + service + " in " + NAME);
    }
    return URI.create(at.url());
  }

  public String key(String role) {
    var key = keys.get(role);
    if (key == null) {
      throw new IllegalArgumentException("no key for " + role + " in " + NAME);
    }
    return key;
  }

  void write(Path data) {
    try {
      Secrets.write(path(data), JSON.writeValueAsString(this));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public String toString() {
    return "BatonFile[services=" + services + "]";
  }
}
