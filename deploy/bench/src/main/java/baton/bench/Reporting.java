package baton.bench;

import baton.local.stack.Part;
import baton.local.stack.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** reporting-service with a PostgreSQL and a Kafka of its own. */
final class Reporting implements AutoCloseable {
  /** Where the service keeps what it folds. */
  static final String DATABASE = "reporting";

  private static final int PORTS = 28_280;
  private static final Duration LONG_ENOUGH = Duration.ofHours(1);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Stack stack;
  private final HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

  Reporting(Path folder) {
    stack = OneService.start(Part.REPORTING, folder, PORTS);
  }

  String bootstrapServers() {
    return stack.bootstrapServers();
  }

  /** To a database beside the service's, for a reference. */
  Connection connect(String database) throws SQLException {
    var postgres = stack.file().postgres();
    return DriverManager.getConnection(
        "jdbc:postgresql://" + postgres.host() + ":" + postgres.port() + "/" + database,
        postgres.user(),
        postgres.password());
  }

  /** Returns when so many records are folded. */
  void awaitFolded(long records) throws SQLException {
    var deadline = System.nanoTime() + LONG_ENOUGH.toNanos();
    try (var connection = connect(DATABASE);
        var statement = connection.createStatement()) {
      while (System.nanoTime() < deadline) {
        try (var sum = statement.executeQuery("SELECT coalesce(sum(next), 0) FROM fold_offset")) {
          sum.next();
          if (sum.getLong(1) >= records) {
            return;
          }
        }
        LockSupport.parkNanos(100_000_000);
      }
    }
    throw new IllegalStateException("the fold did not come to its end");
  }

  /** What a report answers. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(read(path));
  }

  /** The same as it comes. */
  byte[] read(String path) throws IOException, InterruptedException {
    return sent(request("report", path).build());
  }

  void post(String path) throws IOException, InterruptedException {
    sent(request("admin", path).POST(BodyPublishers.noBody()).build());
  }

  private HttpRequest.Builder request(String role, String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + Part.REPORTING.port(PORTS) + path))
        .header("Authorization", "Bearer " + stack.file().key(role));
  }

  private byte[] sent(HttpRequest request) throws IOException, InterruptedException {
    var answer = client.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException("HTTP " + answer.statusCode() + " to " + request.uri());
    }
    return answer.body();
  }

  @Override
  public void close() {
    client.close();
    stack.down(_ -> {});
  }
}
