package baton.feedback;

import baton.contracts.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The service as one caller sees it. */
record Api(URI root, String token) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What came back. */
  record Reply(int status, JsonNode body, HttpResponse<String> raw) {
    String text(String pointer) {
      return body.at(pointer).asText();
    }
  }

  Reply post(String path, String body, String... headers) {
    return postLater(path, body, headers).join();
  }

  CompletableFuture<Reply> postLater(String path, String body, String... headers) {
    var request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Api::reply);
  }

  Reply put(String path, String body) {
    var request =
        request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body));
    return CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Api::reply).join();
  }

  Reply patch(String path, String body, String... headers) {
    var request =
        request(path)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Api::reply).join();
  }

  /** Sends it again for as long as the service says that it can't take it now. */
  CompletableFuture<Reply> postUntilTaken(String path, String body) {
    return postLater(path, body)
        .thenCompose(
            reply ->
                reply.status() == 503
                    ? postUntilTaken(path, body)
                    : CompletableFuture.completedFuture(reply));
  }

  Reply get(String path) {
    return CLIENT
        .sendAsync(request(path).GET().build(), BodyHandlers.ofString())
        .thenApply(Api::reply)
        .join();
  }

  /** Sends lines as they come; answers can be read meanwhile. */
  CompletableFuture<HttpResponse<java.io.InputStream>> stream(
      String path, HttpRequest.BodyPublisher lines) {
    return CLIENT.sendAsync(
        request(path).header("Content-Type", "application/x-ndjson").POST(lines).build(),
        BodyHandlers.ofInputStream());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(root.resolve(path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + token);
  }

  private static Reply reply(HttpResponse<String> raw) {
    try {
      var body = raw.body().isEmpty() ? "null" : raw.body();
      return new Reply(raw.statusCode(), Json.mapper().readTree(body), raw);
    } catch (IOException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }
}
