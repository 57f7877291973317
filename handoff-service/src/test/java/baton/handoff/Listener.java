package baton.handoff;

import baton.contracts.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Somebody with the inbox open in a browser: it keeps what the stream tells it. */
final class Listener implements AutoCloseable {
  record Told(String event, String id, JsonNode data) {
    String handoffId() {
      return data.path("handoffId").asText();
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final HttpResponse<Stream<String>> response;
  private final Thread reading;
  private volatile String lastEventId = "";
  private volatile int heartbeats;
  private volatile boolean over;

  Listener(int port, String key, String query, @Nullable String lastEventId) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/handoffs/stream" + query))
            .header("Authorization", "Bearer " + key)
            .header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    response = http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
    reading = Thread.startVirtualThread(this::read);
  }

  int status() {
    return response.statusCode();
  }

  List<Told> told() {
    return told;
  }

  List<Told> told(String event) {
    return told.stream().filter(each -> each.event().equals(event)).toList();
  }

  String lastEventId() {
    return lastEventId;
  }

  int heartbeats() {
    return heartbeats;
  }

  boolean over() {
    return over;
  }

  @Override
  public void close() {
    http.shutdownNow();
    reading.interrupt();
  }

  private void read() {
    var event = "";
    var data = new StringBuilder();
    try (var lines = response.body()) {
      for (var line : (Iterable<String>) lines::iterator) {
        if (line.startsWith(":")) {
          heartbeats++;
        } else if (line.startsWith("id:")) {
          lastEventId = line.substring("id:".length()).strip();
        } else if (line.startsWith("event:")) {
          event = line.substring("event:".length()).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring("data:".length()).strip());
        } else if (line.isEmpty() && !data.isEmpty()) {
          told.add(new Told(event, lastEventId, json(data.toString())));
          data.setLength(0);
          event = "";
        }
      }
    } catch (UncheckedIOException cut) {
      // The stream ended without a word; what it told stays.
    } finally {
      over = true;
    }
  }

  private static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException garbled) {
      throw new UncheckedIOException(garbled);
    }
  }
}
