package baton.systemtest.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.systemtest.stack.Rest;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Another company's system, always there, that is to hear of each step of each handoff. */
final class Subscriber implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, Set<String>> idsOfStep = new ConcurrentHashMap<>();
  private final HttpServer server;

  private Subscriber() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/steps", this::take);
    server.start();
  }

  static Subscriber to(Rest rest) throws IOException {
    var subscriber = new Subscriber();
    var reply =
        rest.post(
            "handoff",
            "sales-manager",
            "/subscriptions",
            Map.of(
                "url",
                "http://localhost:" + subscriber.server.getAddress().getPort() + "/steps",
                "events",
                List.of("lead-handoff")),
            Map.of());
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return subscriber;
  }

  /** By handoff and step, under which ids it was told: one, however often. */
  Map<String, Set<String>> heard() {
    return new HashMap<>(idsOfStep);
  }

  static String step(String handoffId, String revision) {
    return handoffId + " " + revision;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var data =
          JSON.readTree(new String(exchange.getRequestBody().readAllBytes(), UTF_8)).path("data");
      idsOfStep
          .computeIfAbsent(
              step(data.path("handoffId").asText(), data.path("revision").asText()),
              _ -> ConcurrentHashMap.newKeySet())
          .add(exchange.getRequestHeaders().getFirst("webhook-id"));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
