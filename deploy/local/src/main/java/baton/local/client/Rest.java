package baton.local.client;

import baton.local.stack.BatonFile;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Requests to one stack. A service that is away or overloaded is asked again for half a minute. */
public final class Rest implements AutoCloseable {
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final BatonFile stack;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  public Rest(BatonFile stack) {
    this.stack = stack;
  }

  /** A path that asks for these, but for what is null. */
  public static String asking(String path, Map<String, @Nullable String> query) {
    var text =
        query.entrySet().stream()
            .filter(entry -> entry.getValue() != null)
            .map(
                entry ->
                    entry.getKey()
                        + "="
                        + URLEncoder.encode(
                            String.valueOf(entry.getValue()), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return text.isEmpty() ? path : path + "?" + text;
  }

  public JsonNode get(String service, String role, String path) {
    return body(send(request(service, role, path).GET().build()));
  }

  public String text(String service, String role, String path, String mediaType) {
    var request = request(service, role, path).header("Accept", mediaType).GET().build();
    var response = send(request);
    body(response);
    return response.body();
  }

  public JsonNode post(String service, String role, String path, JsonNode command) {
    return post(service, role, path, "application/json", command.toString());
  }

  public JsonNode post(
      String service, String role, String path, String mediaType, String document) {
    return body(
        send(
            request(service, role, path)
                .header("Content-Type", mediaType)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(document))
                .build()));
  }

  public JsonNode put(String service, String role, String path, JsonNode command) {
    return body(
        send(
            request(service, role, path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(command.toString()))
                .build()));
  }

  /** Posts a document, and hears line by line what is said to it, however long that takes. */
  public void hear(
      String service,
      String role,
      String path,
      String mediaType,
      String document,
      Consumer<JsonNode> line) {
    var request =
        request(service, role, path)
            .timeout(Duration.ofHours(4))
            .header("Content-Type", mediaType)
            .header("Accept", "application/x-ndjson")
            .POST(BodyPublishers.ofString(document))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofLines());
      try (var lines = response.body()) {
        if (response.statusCode() >= 300) {
          throw new Refused(
              request.uri(), response.statusCode(), parse(lines.collect(Collectors.joining("\n"))));
        }
        lines.filter(each -> !each.isBlank()).map(Rest::parse).forEach(line);
      }
    } catch (IOException away) {
      throw new Refused(request.uri(), away);
    } catch (UncheckedIOException broken) {
      throw new Refused(request.uri(), Objects.requireNonNull(broken.getCause()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Refused(request.uri(), interrupted);
    }
  }

  /** Posts a file, of any length. */
  public JsonNode upload(String service, String role, String path, String mediaType, Path file)
      throws IOException {
    return body(
        send(
            request(service, role, path)
                .timeout(Duration.ofHours(1))
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofFile(file))
                .build()));
  }

  /** Keeps what is answered in a file, of any length. */
  public void download(String service, String role, String path, String mediaType, Path to) {
    var request = request(service, role, path).header("Accept", mediaType).GET().build();
    try {
      http.send(request, BodyHandlers.ofFile(to));
    } catch (IOException away) {
      throw new Refused(request.uri(), away);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Refused(request.uri(), interrupted);
    }
  }

  /** Changes what is still as it was read, when it had this entity tag. */
  public JsonNode patch(String service, String role, String path, String etag, JsonNode change) {
    return body(
        send(
            request(service, role, path)
                .header("Content-Type", "application/merge-patch+json")
                .header("If-Match", etag)
                .method("PATCH", BodyPublishers.ofString(change.toString()))
                .build()));
  }

  /**
   * Posts one NDJSON line per command and answers what the service said to each, in order. Lines
   * that came at a bad moment are sent again.
   */
  public List<JsonNode> batch(
      String service, String role, String path, List<? extends JsonNode> commands) {
    var answers = new ArrayList<>(lines(service, role, path, commands));
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    var again = unavailable(answers);
    while (!again.isEmpty() && System.nanoTime() < deadline) {
      pause();
      var answered = lines(service, role, path, again.stream().map(commands::get).toList());
      for (var i = 0; i < again.size(); i++) {
        answers.set(again.get(i), answered.get(i));
      }
      again = unavailable(answers);
    }
    return answers;
  }

  private static List<Integer> unavailable(List<JsonNode> answers) {
    return IntStream.range(0, answers.size())
        .filter(i -> answers.get(i).path("status").asInt() == UNAVAILABLE)
        .boxed()
        .toList();
  }

  private List<JsonNode> lines(
      String service, String role, String path, List<? extends JsonNode> commands) {
    var lines = new StringBuilder();
    commands.forEach(command -> lines.append(command).append('\n'));
    var request =
        request(service, role, path)
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines.toString()))
            .build();
    var response = send(request);
    if (response.statusCode() >= 300) {
      throw new Refused(request.uri(), response.statusCode(), parse(response.body()));
    }
    var answers = new ArrayList<JsonNode>(commands.size());
    response.body().lines().filter(line -> !line.isBlank()).map(Rest::parse).forEach(answers::add);
    if (answers.size() != commands.size()) {
      throw new IllegalStateException(
          path + " answered " + answers.size() + " lines to " + commands.size());
    }
    return answers;
  }

  @Override
  public void close() {
    http.close();
  }

  private HttpRequest.Builder request(String service, String role, String path) {
    return HttpRequest.newBuilder(URI.create(stack.url(service) + path))
        .timeout(Duration.ofMinutes(2))
        .header("Authorization", "Bearer " + stack.key(role));
  }

  private JsonNode body(HttpResponse<String> response) {
    if (response.statusCode() >= 300) {
      throw new Refused(response.uri(), response.statusCode(), parse(response.body()));
    }
    return parse(response.body());
  }

  private HttpResponse<String> send(HttpRequest request) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        var response = http.send(request, BodyHandlers.ofString());
        if ((response.statusCode() != UNAVAILABLE && response.statusCode() != TOO_MANY)
            || System.nanoTime() > deadline) {
          return response;
        }
      } catch (IOException away) {
        if (System.nanoTime() > deadline) {
          throw new Refused(request.uri(), away);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new Refused(request.uri(), interrupted);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(500);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonNode parse(String text) {
    try {
      return text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }
}
