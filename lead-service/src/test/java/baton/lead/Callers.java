package baton.lead;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.ConfigProvider;

/** Somebody who calls the service over HTTP with a key. */
public record Callers(String token, HttpClient client) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  public static Callers with(String token) {
    return new Callers(token, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  /** An answer, its body read. */
  public record Answered(int status, HttpResponse<String> response) {
    public String body() {
      return response.body();
    }

    public JsonNode json() {
      try {
        return Json.mapper().readTree(response.body());
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  public static URI address(String path) {
    return URI.create(
        "http://127.0.0.1:"
            + ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class)
            + path);
  }

  public CompletableFuture<Answered> send(
      String method, String path, String type, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(address(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client
        .sendAsync(request.build(), BodyHandlers.ofString())
        .thenApply(response -> new Answered(response.statusCode(), response));
  }

  public Answered post(String path, String body, String... headers) {
    return send("POST", path, "application/json", body, headers).join();
  }

  public Answered get(String path) {
    return send("GET", path, "", "").join();
  }

  public Answered patch(String path, String body, String... headers) {
    return send("PATCH", path, "application/merge-patch+json", body, headers).join();
  }

  public List<JsonNode> lines(String path, String body) {
    return send("POST", path, "application/x-ndjson", body)
        .join()
        .body()
        .lines()
        .map(
            line -> {
              try {
                return Json.mapper().readTree(line);
              } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
              }
            })
        .toList();
  }
}
