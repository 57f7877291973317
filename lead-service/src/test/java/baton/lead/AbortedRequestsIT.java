package baton.lead;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.infrastructure.BatonTestResource;
import baton.infrastructure.Infrastructure;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Whoever goes away while they are served takes no connection of the pool with them. */
@QuarkusTest
@WithTestResource(BatonTestResource.class)
class AbortedRequestsIT {
  private static final int REQUESTS = 10_000;
  private static final int AT_ONCE = 64;
  private static final String KEY = Infrastructure.shared().key("marketing");

  private final Pool pool;
  private final int connections;

  AbortedRequestsIT(
      Pool pool, @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int connections) {
    this.pool = pool;
    this.connections = connections;
  }

  @Test
  void ten_thousand_aborted_requests_leave_the_pool_whole() throws Exception {
    var slots = new Semaphore(AT_ONCE);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < REQUESTS; i++) {
        int number = i;
        slots.acquire();
        threads.submit(
            () -> {
              try {
                abort(number, new SplittableRandom(number));
              } finally {
                slots.release();
              }
              return null;
            });
      }
    }

    await().atMost(30, SECONDS).untilAsserted(() -> assertThat(taken()).isEqualTo(connections));
    given()
        .header("X-Api-Key", KEY)
        .contentType("application/json")
        .body("{\"contact\": {\"email\": \"after@acme.example\"}}")
        .post("/leads")
        .then()
        .statusCode(201);
  }

  /** Sends a request, or part of one, and resets the connection. */
  private static void abort(int number, SplittableRandom random)
      throws IOException, InterruptedException {
    try (var socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setSoLinger(true, 0);
      var request = request(number);
      int length = number % 5 == 0 ? random.nextInt(1, request.length) : request.length;
      socket.getOutputStream().write(request, 0, length);
      socket.getOutputStream().flush();
      Thread.sleep(random.nextInt(12));
    } catch (IOException tooBusy) {
      // who can't even connect has aborted as well
    }
  }

  private static byte[] request(int number) {
    var email = "gone-%d@acme.example".formatted(number);
    return switch (number % 4) {
      case 0 -> post("/leads", "", "{\"contact\": {\"email\": \"%s\"}}".formatted(email));
      case 1 ->
          post(
              "/leads",
              "Idempotency-Key: " + number % 500 + "\r\n",
              "{\"contact\": {\"email\": \"%s\"}}".formatted(email));
      case 2 ->
          post(
              "/touches",
              "",
              "{\"contact\": {\"email\": \"%s\"}, \"kind\": \"webinar\"}".formatted(email));
      default ->
          ("GET /leads?limit=5 HTTP/1.1\r\nHost: baton\r\nX-Api-Key: " + KEY + "\r\n\r\n")
              .getBytes(UTF_8);
    };
  }

  private static byte[] post(String path, String header, String body) {
    return ("POST "
            + path
            + " HTTP/1.1\r\nHost: baton\r\nContent-Type: application/json\r\nX-Api-Key: "
            + KEY
            + "\r\n"
            + header
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(UTF_8);
  }

  /** How many of the pool's connections can be had at the same time. */
  private int taken() {
    var asked =
        Stream.generate(
                () -> pool.getConnection().onFailure().recoverWithNull().memoize().indefinitely())
            .limit(connections)
            .toList();
    List<SqlConnection> had =
        Uni.join().all(asked).andCollectFailures().await().atMost(Duration.ofSeconds(20)).stream()
            .filter(java.util.Objects::nonNull)
            .toList();
    had.forEach(connection -> connection.close().await().indefinitely());
    return had.size();
  }
}
