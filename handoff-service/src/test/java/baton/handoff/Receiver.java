package baton.handoff;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Somebody else's web server: it keeps what it was sent and answers as it was told to. */
final class Receiver implements AutoCloseable {
  /** What came to a path; header names in lower case. */
  record Received(String path, Map<String, List<String>> headers, String body, long nanos) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  record Script(int status, Map<String, String> headers, String body) {}

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Map<String, Deque<Script>> scripts = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> silences = new ConcurrentHashMap<>();

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String url(String path) {
    return "http://localhost:" + port() + path;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The next answers on a path, one request each; afterwards it answers 204. */
  void answers(String path, Script... script) {
    scripts.put(path, new ArrayDeque<>(List.of(script)));
  }

  /** Whoever asks on this path waits. */
  void saysNothingOn(String path) {
    silences.put(path, new CountDownLatch(1));
  }

  List<Received> on(String path) {
    return received.stream().filter(each -> each.path().equals(path)).toList();
  }

  @Override
  public void close() {
    silences.values().forEach(CountDownLatch::countDown);
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var headers =
        exchange.getRequestHeaders().entrySet().stream()
            .collect(
                Collectors.toMap(
                    each -> each.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    received.add(new Received(path, headers, body, System.nanoTime()));
    var silence = silences.get(path);
    if (silence != null) {
      try {
        silence.await();
      } catch (InterruptedException end) {
        Thread.currentThread().interrupt();
      }
    }
    var next = next(path);
    next.headers().forEach(exchange.getResponseHeaders()::set);
    var bytes = next.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(next.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private Script next(String path) {
    var script = scripts.get(path);
    if (script != null) {
      synchronized (script) {
        if (!script.isEmpty()) {
          return script.removeFirst();
        }
      }
    }
    return new Script(204, Map.of(), "");
  }
}
