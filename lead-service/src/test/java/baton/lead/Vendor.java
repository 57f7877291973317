package baton.lead;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Plays HubSpot, Meta and LinkedIn on a loopback address: whoever is asked for answers what a test
 * laid ready, one answer after the other, the last for ever.
 */
public final class Vendor implements QuarkusTestResourceLifecycleManager {
  /** What was asked: path and query, and the headers that count. */
  record Asked(String path, String token, String version) {}

  record Answer(int status, String body, Map<String, String> headers) {}

  private static final Map<String, List<Answer>> READY = new ConcurrentHashMap<>();
  private static final List<Asked> ASKED = new CopyOnWriteArrayList<>();

  private @Nullable HttpServer server;

  static void answers(String id, int status, String body) {
    answers(id, status, body, Map.of());
  }

  static void answers(String id, int status, String body, Map<String, String> headers) {
    READY
        .computeIfAbsent(id, _ -> new CopyOnWriteArrayList<>())
        .add(new Answer(status, body, headers));
  }

  static List<Asked> askedFor(String id) {
    return ASKED.stream().filter(asked -> asked.path().contains("/" + id)).toList();
  }

  @Override
  public Map<String, String> start() {
    var opened = open();
    server = opened;
    opened.createContext("/", Vendor::answer);
    opened.start();
    var address = "http://127.0.0.1:" + opened.getAddress().getPort();
    return Map.of(
        "baton.fetch.hubspot", address,
        "baton.fetch.meta", address,
        "baton.fetch.linkedin", address);
  }

  private static HttpServer open() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    var id = uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1);
    var headers = exchange.getRequestHeaders();
    ASKED.add(
        new Asked(
            uri.toString(),
            String.valueOf(headers.getFirst("Authorization")),
            String.valueOf(headers.getFirst("LinkedIn-Version"))));
    var ready = READY.getOrDefault(id, new ArrayList<>());
    var answer =
        ready.isEmpty()
            ? new Answer(404, "{}", Map.of())
            : ready.size() == 1 ? ready.getFirst() : ready.removeFirst();
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    var body = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }
}
