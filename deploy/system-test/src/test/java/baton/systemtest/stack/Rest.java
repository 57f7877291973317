package baton.systemtest.stack;

import baton.local.stack.BatonFile;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Requests as anybody would make them, with no second try: what failed is told. */
public final class Rest implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final BatonFile file;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** An answer; {@code body} is empty when it wasn't a JSON object. */
  public record Reply(int status, String text, Map<String, Object> body) {
    public boolean succeeded() {
      return status >= 200 && status < 300;
    }

    public String said(String name) {
      return String.valueOf(body.get(name));
    }
  }

  Rest(BatonFile file) {
    this.file = file;
  }

  public Reply get(String service, String role, String path) throws IOException {
    return send(request(service, role, path).GET().build());
  }

  public Reply post(
      String service, String role, String path, Map<String, ?> body, Map<String, String> headers)
      throws IOException {
    var request =
        request(service, role, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
    headers.forEach(request::header);
    return send(request.build());
  }

  public Reply put(String service, String role, String path, Map<String, ?> body)
      throws IOException {
    return send(
        request(service, role, path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  public Reply patch(String service, String role, String path, Map<String, ?> body)
      throws IOException {
    return send(
        request(service, role, path)
            .header("Content-Type", "application/merge-patch+json")
            .method("PATCH", BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  public Reply delete(String service, String role, String path) throws IOException {
    return send(request(service, role, path).DELETE().build());
  }

  /** One line per body; answers the lines that came back. */
  public List<Map<String, Object>> batch(
      String service, String role, String path, List<? extends Map<String, ?>> bodies)
      throws IOException {
    var lines = new StringBuilder();
    for (var body : bodies) {
      lines.append(JSON.writeValueAsString(body)).append('\n');
    }
    var reply =
        send(
            request(service, role, path)
                .timeout(Duration.ofMinutes(3))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines.toString()))
                .build());
    if (!reply.succeeded()) {
      throw new IOException(path + " answered " + reply.status() + " " + reply.text());
    }
    return reply.text().lines().filter(line -> !line.isBlank()).map(Rest::object).toList();
  }

  @Override
  public void close() {
    http.close();
  }

  private HttpRequest.Builder request(String service, String role, String path) {
    return HttpRequest.newBuilder(URI.create(file.url(service) + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + file.key(role));
  }

  private Reply send(HttpRequest request) throws IOException {
    try {
      var response = http.send(request, BodyHandlers.ofString());
      var text = response.body();
      var object = text.startsWith("{") && text.lines().count() == 1;
      return new Reply(response.statusCode(), text, object ? object(text) : Map.of());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  private static Map<String, Object> object(String text) {
    try {
      return JSON.readValue(text, OBJECT);
    } catch (IOException notJson) {
      throw new UncheckedIOException(text, notJson);
    }
  }
}
