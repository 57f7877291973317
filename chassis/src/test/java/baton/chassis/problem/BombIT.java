package baton.chassis.problem;

import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Small requests that are meant to cost much. A connection may be silent for five seconds here. */
@QuarkusTest
@WithTestResource(BatonTestResource.class)
class BombIT {
  private static final String ADMIN = Infrastructure.shared().key("admin");
  private static final int SIZE = 65_000;
  private static final Duration PROMPT = Duration.ofMillis(50);
  private static final Duration UNHARMED = Duration.ofMillis(250);
  private static final int TRIES = 8;
  private static final int SILENT_MILLIS = 5_000;

  static Stream<Arguments> bombs() {
    return Stream.of(
        arguments("lists in lists", "{\"thing\":" + "[".repeat(SIZE)),
        arguments("objects in objects", "{\"a\":".repeat(SIZE / 6) + "1" + "}".repeat(SIZE / 6)),
        arguments("a number of 65,000 digits", "{\"pieces\":" + "9".repeat(SIZE) + "}"),
        arguments("a fraction of 65,000 digits", "{\"pieces\":0." + "1".repeat(SIZE) + "}"),
        arguments("an exponent beyond numbers", "{\"pieces\":1e999999999}"),
        arguments(
            "the same field again and again",
            "{" + "\"thing\":\"a\",".repeat(SIZE / 12) + "\"thing\":\"b\"}"),
        arguments(
            "a thousand names twice",
            IntStream.range(0, 2_000)
                .mapToObj(i -> "\"n" + i % 1_000 + "\":0")
                .collect(Collectors.joining(",", "{", "}"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  void a_bomb_is_refused_before_it_goes_off(String what, String bomb) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = order(bomb);
      int status = client.send(request, discarding()).statusCode();
      var fastest = Duration.ofDays(1);

      for (int i = 0; i < TRIES; i++) {
        long begun = System.nanoTime();
        client.send(request, discarding());
        var took = Duration.ofNanos(System.nanoTime() - begun);
        fastest = took.compareTo(fastest) < 0 ? took : fastest;
      }

      assertThat(status).isEqualTo(400);
      assertThat(fastest).isLessThan(PROMPT);
    }
  }

  @Test
  void who_begins_and_says_no_more_is_hung_up_on() throws Exception {
    var begun =
        List.of(
            "",
            "POST /orders HTT",
            "POST /orders HTTP/1.1\r\nHost: baton\r\nX-Slow: ",
            "POST /orders HTTP/1.1\r\nHost: baton\r\nContent-Type: application/json\r\n"
                + "Content-Length: 500\r\n\r\n{",
            "POST /orders HTTP/1.1\r\nHost: baton\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n5\r\n{");
    var sockets = new ArrayList<Socket>();
    for (var start : begun) {
      var socket = new Socket("127.0.0.1", RestAssured.port);
      socket.setSoTimeout(4 * SILENT_MILLIS);
      socket.getOutputStream().write(start.getBytes(UTF_8));
      sockets.add(socket);
    }

    for (var socket : sockets) {
      try (socket) {
        var rest = socket.getInputStream().readAllBytes();

        assertThat(new String(rest, UTF_8)).doesNotStartWith("HTTP/1.1 2");
      }
    }
  }

  static Stream<Arguments> drips() {
    var order =
        "POST /orders HTTP/1.1\r\nHost: baton\r\nContent-Type: application/json\r\nX-Api-Key: "
            + ADMIN
            + "\r\n";
    var lines =
        "POST /lines HTTP/1.1\r\nHost: baton\r\nContent-Type: application/x-ndjson\r\nX-Api-Key: "
            + ADMIN
            + "\r\nTransfer-Encoding: chunked\r\n\r\n";
    return Stream.of(
        arguments("a line", lines, "1\r\nx\r\n", "HTTP/1.1 408"),
        arguments(
            "a line after one that was answered",
            lines + "3\r\n{}\n\r\n",
            "1\r\nx\r\n",
            "HTTP/1.1 200"),
        arguments("a request", "POST /orders HTTP/1.1\r\nHost: baton\r\nX-Slow: ", "x", ""),
        arguments(
            "a second request",
            "GET /health/live HTTP/1.1\r\nHost: baton\r\n\r\n",
            "GET /orders HTTP/1.1\r\nHost: baton\r\nX-Slow: " + "x".repeat(500),
            "HTTP/1.1 200"),
        arguments("a body", order + "Content-Length: 500\r\n\r\n", " ", "HTTP/1.1 408"),
        arguments(
            "a body in parts",
            order + "Transfer-Encoding: chunked\r\n\r\n",
            "1\r\n \r\n",
            "HTTP/1.1 408"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("drips")
  void who_drips_bytes_is_hung_up_on(String what, String begin, String drips, String answer)
      throws Exception {
    long begun = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setSoTimeout(2 * SILENT_MILLIS);
      var out = socket.getOutputStream();
      out.write(begin.getBytes(UTF_8));
      threads.submit(
          () -> {
            for (int at = 0; !socket.isClosed(); at = (at + 1) % drips.length()) {
              out.write(drips.charAt(at));
              TimeUnit.MILLISECONDS.sleep(100);
            }
            return null;
          });

      var said = rest(socket);

      assertThat(said).startsWith(answer);
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isLessThan(Duration.ofMillis(2 * SILENT_MILLIS));
    }
  }

  @Test
  void who_sends_lines_slowly_but_steadily_is_heard_out() throws Exception {
    try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setSoTimeout(2 * SILENT_MILLIS);
      var out = socket.getOutputStream();
      out.write(
          ("POST /lines HTTP/1.1\r\nHost: baton\r\nContent-Type: application/x-ndjson\r\n"
                  + "Connection: close\r\nTransfer-Encoding: chunked\r\nX-Api-Key: "
                  + ADMIN
                  + "\r\n\r\n")
              .getBytes(UTF_8));

      for (int line = 0; line < 8; line++) {
        out.write(("1770\r\n" + "x".repeat(5_999) + "\n\r\n").getBytes(UTF_8));
        out.flush();
        TimeUnit.MILLISECONDS.sleep(400);
      }
      out.write("0\r\n\r\n".getBytes(UTF_8));

      assertThat(rest(socket).lines().filter(line -> line.equals("{\"length\":5999}"))).hasSize(8);
    }
  }

  /** Until the other side hangs up, however rudely. */
  private static String rest(Socket socket) throws IOException {
    var said = new StringBuilder();
    var bytes = new byte[4096];
    try {
      for (int n = socket.getInputStream().read(bytes);
          n >= 0;
          n = socket.getInputStream().read(bytes)) {
        said.append(new String(bytes, 0, n, UTF_8));
      }
    } catch (SocketException reset) {
      // As good as an end.
    }
    return said.toString();
  }

  @Test
  void others_are_served_as_ever_meanwhile() throws Exception {
    var over = new AtomicBoolean();
    var idle = new ArrayList<Socket>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var bomber = HttpClient.newHttpClient();
        var client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 200; i++) {
        var socket = new Socket("127.0.0.1", RestAssured.port);
        socket.getOutputStream().write("POST /orders HTTP/1.1\r\nX-Slow: ".getBytes(UTF_8));
        idle.add(socket);
      }
      var bomb = order("{\"thing\":" + "[".repeat(SIZE));
      for (int i = 0; i < 2; i++) {
        threads.submit(
            () -> {
              while (!over.get()) {
                bomber.send(bomb, discarding());
              }
              return null;
            });
      }

      var took = LongStream.range(0, 300).map(_ -> timed(client)).sorted().toArray();

      over.set(true);
      assertThat(Duration.ofNanos(took[296])).isLessThan(UNHARMED);
    } finally {
      for (var socket : idle) {
        socket.close();
      }
    }
  }

  private static long timed(HttpClient client) {
    long begun = System.nanoTime();
    try {
      client.send(request("/charters/current").build(), discarding());
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return System.nanoTime() - begun;
  }

  private static HttpRequest order(String body) {
    return request("/orders")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
        .header("X-Api-Key", ADMIN);
  }
}
