package baton.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import baton.local.client.Rest;
import baton.local.stack.BatonFile;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit starts the server
class SigningTest {
  private final List<String> posts = new CopyOnWriteArrayList<>();
  private HttpServer service;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"proposed", "signed"})
  void a_charter_that_somebody_is_about_to_be_governed_by_is_not_overtaken(String state) {
    says("/charters/current", "{\"version\": 0}");
    says("/charters", "{\"items\": [{\"version\": 1, \"state\": \"" + state + "\"}]}");
    says("/charters/1", "name: Ours\n");

    try (var rest = new Rest(stack())) {
      assertThat(Signing.sign(rest, Pact.read())).isEmpty();
    }

    assertThat(posts).isEmpty();
  }

  private void says(String path, String text) {
    service.createContext(path, exchange -> answer(exchange, text));
  }

  private void answer(HttpExchange exchange, String text) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      posts.add(exchange.getRequestURI().toString());
    }
    var body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private BatonFile stack() {
    var url = "http://127.0.0.1:" + service.getAddress().getPort();
    return new BatonFile(
        Map.of("handoff", new BatonFile.At(url, 0)),
        new BatonFile.Postgres("127.0.0.1", 0, "", "", Map.of(), 0),
        new BatonFile.Kafka("", 0),
        Map.of("report", "r", "marketing", "m", "sales-manager", "s"));
  }
}
