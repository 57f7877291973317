package baton.systemtest.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.local.stack.BatonFile;
import baton.systemtest.fuzz.Described.Operation;
import baton.systemtest.stack.LiveStack;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * No request makes a service fail, and none is answered in a way that the service doesn't announce.
 * 1,500 requests, always the same, or 50,000 others with {@code -Dbaton.soak=true}; {@code
 * -Dbaton.seed} repeats a run.
 */
class FuzzIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> ROLES =
      List.of("capture", "marketing", "sales", "sales-manager", "report", "admin", "admin");
  private static final List<String> SERVICES = List.of("lead", "handoff", "feedback", "reporting");

  /** What a service may learn, such as keys that were sent and campaigns that were named. */
  private static final long GROWTH = 8L * 1024 * 1024;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What was found, and one request that shows it. */
  private final Map<String, String> findings = new TreeMap<>();

  @Test
  void no_request_is_answered_as_was_not_announced() throws Exception {
    var file = LiveStack.shared().file();
    boolean isLong = Boolean.getBoolean("baton.soak");
    long seed = Long.getLong("baton.seed", isLong ? System.nanoTime() : 1);
    int requests = (isLong ? 50_000 : 1_500) / SERVICES.size();

    for (var service : SERVICES) {
      fuzz(file, service, requests, new SplittableRandom(seed + service.hashCode()), isLong);
    }

    assertThat(findings).as("with -Dbaton.seed=" + seed).isEmpty();
  }

  private void fuzz(
      BatonFile file, String service, int requests, SplittableRandom random, boolean watchesHeap)
      throws Exception {
    var root = file.url(service);
    var described = new Described(JSON.readTree(said(root, "/openapi?format=json", file)));
    var operations = described.operations();
    var guess = new Guess(random, described);
    long before = 0;
    for (int i = 0; i < requests; i++) {
      var operation = operations.get(i % operations.size());
      ask(file, root, operation, guess);
      if (watchesHeap && i == requests / 4) {
        before = heap(service, file);
      }
    }
    if (watchesHeap) {
      long after = heap(service, file);
      System.out.printf(
          "%s-service: %,d bytes in use after a quarter of %,d requests, %,d after all%n",
          service, before, requests, after);
      if (after > before + GROWTH) {
        findings.put(service + " grows", before + " bytes of heap became " + after);
      }
    }
  }

  private void ask(BatonFile file, URI root, Operation operation, Guess guess)
      throws InterruptedException {
    var body = body(operation, guess);
    HttpRequest request;
    try {
      request = request(file, root, operation, guess, body);
    } catch (IllegalArgumentException unsayable) {
      return;
    }
    var shown = request.method() + " " + request.uri() + " " + request.headers().map() + " " + body;
    try {
      var answer = client.send(request, BodyHandlers.ofInputStream());
      judge(operation, answer, shown);
    } catch (IOException failed) {
      findings.putIfAbsent(operation.name() + " is not answered: " + failed, shown);
    }
  }

  private void judge(Operation operation, HttpResponse<java.io.InputStream> answer, String shown)
      throws IOException {
    var type = answer.headers().firstValue("Content-Type").orElse("");
    var media = type.contains(";") ? type.substring(0, type.indexOf(';')).strip() : type;
    try (var stream = answer.body()) {
      var text =
          media.equals("text/event-stream") ? "" : new String(stream.readNBytes(65_536), UTF_8);
      for (var objection : operation.objections(answer.statusCode(), media, !text.isEmpty())) {
        findings.putIfAbsent(operation.name() + " " + objection, abridged(shown + " → " + text));
      }
      if (text.contains("Exception") || text.contains("\tat baton.")) {
        findings.putIfAbsent(
            operation.name() + " tells of its inside", abridged(shown + " → " + text));
      }
    }
  }

  private static HttpRequest request(
      BatonFile file, URI root, Operation operation, Guess guess, String body) {
    var path = operation.path();
    var query = new ArrayList<String>();
    var headers = new ArrayList<String>();
    for (var parameter : operation.parameters()) {
      var name = parameter.path("name").asText();
      var value = guess.word(parameter.path("schema"));
      switch (parameter.path("in").asText()) {
        // Without a word it would be another call.
        case "path" ->
            path = path.replaceAll("\\{" + name + "[^}]*}", value.isEmpty() ? "x" : encoded(value));
        case "query" -> {
          if (guess.oneIn(2)) {
            query.add(encoded(name) + "=" + encoded(value));
          }
        }
        case "header" -> {
          if (guess.oneIn(2)
              && !value.isBlank()
              && value.chars().allMatch(c -> c >= 32 && c < 127)) {
            headers.addAll(List.of(name, value));
          }
        }
        default -> {}
      }
    }
    var address = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    var request =
        HttpRequest.newBuilder(URI.create(root + address.replaceAll("\\{[^}]*}", "x")))
            .timeout(PATIENCE)
            .method(
                operation.method(),
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!guess.oneIn(20)) {
      request.header("Authorization", "Bearer " + token(file, guess));
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", contentType(operation, guess));
    }
    for (int i = 0; i < headers.size(); i += 2) {
      if (!headers.get(i).equalsIgnoreCase("Content-Type")) {
        request.header(headers.get(i), headers.get(i + 1));
      }
    }
    return request.build();
  }

  private static String token(BatonFile file, Guess guess) {
    return guess.oneIn(40) ? "baton_nobody" : file.key(guess.any(ROLES));
  }

  private static String contentType(Operation operation, Guess guess) {
    var types = new ArrayList<String>();
    operation.content().fieldNames().forEachRemaining(types::add);
    if (types.isEmpty() || guess.oneIn(20)) {
      return guess.any(
          List.of("application/json", "text/plain", "application/xml", "x", "a/b; c=\"d"));
    }
    var type = guess.any(types);
    return type.contains("*") ? "application/json" : type;
  }

  private static String body(Operation operation, Guess guess) {
    if (operation.method().equals("GET")
        || operation.content().isMissingNode() && !guess.oneIn(8)) {
      return "";
    }
    var first = operation.content().elements();
    var schema =
        first.hasNext()
            ? first.next().path("schema")
            : JSON.createObjectNode().put("type", "object");
    var json = guess.of(schema).toString();
    return guess.oneIn(10) ? guess.broken(json) : json;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text.replace("\ud800", "?"), UTF_8)
        .replace("+", "%20")
        .replace(".", "%2E");
  }

  private static String abridged(String text) {
    return text.length() > 1_500 ? text.substring(0, 1_500) + "…" : text;
  }

  /** What is in use once all that isn't was collected. */
  private long heap(String service, BatonFile file) throws Exception {
    var pid = Objects.requireNonNull(file.services().get(service)).pid();
    var collected =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(pid),
                "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(collected.waitFor()).isZero();
    return said(file.url(service), "/metrics", file)
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private String said(URI root, String path, BatonFile file) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(root + path))
                .header("Authorization", "Bearer " + file.key("admin"))
                .header("Accept", "application/json, text/plain")
                .build(),
            BodyHandlers.ofString())
        .body();
  }
}
