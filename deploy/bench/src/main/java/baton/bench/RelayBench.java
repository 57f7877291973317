package baton.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import baton.chassis.outbox.Relay;
import baton.contracts.Topic;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** How fast a backlog of outbox events gets to Kafka, and how soon a single one does. */
public final class RelayBench implements Bench {
  private static final int BACKLOG = 300_000;
  private static final String TOPIC = Topic.LEAD_CAPTURED.topicName();

  @Override
  public String name() {
    return "relay";
  }

  @Override
  public String about() {
    return "outbox to Kafka, beside Debezium's embedded engine with its EventRouter";
  }

  @Override
  public List<Row> run(Setting setting) throws Exception {
    try (var servers = Servers.start(setting.folder())) {
      servers.followChanges();
      try (var connection = servers.connect();
          var statement = connection.createStatement()) {
        statement.execute(resource("/db/chassis/V0_1__outbox.sql"));
      }
      var backlog = setting.scaled(BACKLOG);
      var rows = new ArrayList<Row>();
      rows.add(
          Comparison.of(
              "relay",
              8,
              "events/s",
              setting,
              () -> debezium(servers, backlog),
              () -> ours(servers, backlog)));
      empty(servers);
      rows.add(latency(servers, setting, 500, 1, 20));
      rows.add(latency(servers, setting, 5_000, 10, 100));
      return rows;
    }
  }

  private static Measured ours(Servers servers, int backlog) throws Exception {
    empty(servers);
    fill(servers, backlog);
    try (var relay = new Relay(settings(servers))) {
      relay.start();
      while (!relay.leading()) {
        LockSupport.parkNanos(100_000);
      }
      var cpu = Machine.cpuNanos();
      var started = System.nanoTime();
      while (relay.published() < backlog) {
        LockSupport.parkNanos(1_000_000);
      }
      var took = System.nanoTime() - started;
      return new Measured(
          backlog * 1e9 / took, null, null, (Machine.cpuNanos() - cpu) / 1e3 / backlog);
    }
  }

  private static Measured debezium(Servers servers, int backlog) throws Exception {
    empty(servers);
    try (var follower = DebeziumFollower.start(servers)) {
      fill(servers, backlog);
      return Measured.rate(backlog * 1e9 / follower.publish(backlog));
    }
  }

  /** From the commit's return to a reader of committed records, in milliseconds. */
  private static Row latency(
      Servers servers, Setting setting, int perSecond, int perCommit, double limit)
      throws Exception {
    var seconds = Math.max(5, setting.scaled(30));
    var warmUp = perSecond * 2;
    var count = perSecond * seconds + warmUp;
    var committed = new AtomicLongArray(count);
    var seen = new AtomicLongArray(count);
    var reading = new AtomicBoolean(true);
    var assigned = new AtomicBoolean();
    var reader =
        Thread.ofPlatform().start(() -> read(servers.bootstrapServers(), seen, assigned, reading));
    while (!assigned.get()) {
      LockSupport.parkNanos(1_000_000);
    }
    try (var relay = new Relay(settings(servers));
        var connection = servers.connect();
        var insert =
            connection.prepareStatement(
                INSERT + " FROM generate_series(?::bigint, ?::bigint) AS n")) {
      relay.start();
      while (!relay.leading()) {
        LockSupport.parkNanos(1_000_000);
      }
      var payload = payload();
      var started = System.nanoTime();
      for (var n = 0; n < count; n += perCommit) {
        var due = started + n * 1_000_000_000L / perSecond;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        insert.setBytes(1, payload);
        insert.setLong(2, n);
        insert.setLong(3, n + perCommit - 1L);
        insert.executeUpdate();
        relay.wake();
        var now = System.nanoTime();
        for (var i = n; i < n + perCommit; i++) {
          committed.set(i, now);
        }
      }
      var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      for (var n = 0; n < count; n++) {
        while (seen.get(n) == 0 && System.nanoTime() < deadline) {
          LockSupport.parkNanos(1_000_000);
        }
      }
    } finally {
      reading.set(false);
      reader.join();
    }
    var millis = new double[count - warmUp];
    for (var n = warmUp; n < count; n++) {
      if (seen.get(n) == 0) {
        throw new IllegalStateException("an event did not arrive within 30 s");
      }
      millis[n - warmUp] = Math.max(0, seen.get(n) - committed.get(n)) / 1e6;
    }
    Arrays.sort(millis);
    var p50 = Comparison.percentile(millis, 0.5);
    var p99 = Comparison.percentile(millis, 0.99);
    return Row.below("relay p99 " + perSecond + "/s", limit, p99, "ms").within(p50, p99);
  }

  private static void read(
      String bootstrapServers,
      AtomicLongArray seen,
      AtomicBoolean assigned,
      AtomicBoolean reading) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      assigned.set(true);
      while (reading.get()) {
        for (var record : consumer.poll(Duration.ofMillis(50))) {
          var sequence = requireNonNull(record.headers().lastHeader("ce_sequence")).value();
          seen.compareAndSet(Integer.parseInt(new String(sequence, UTF_8)), 0, System.nanoTime());
        }
      }
    }
  }

  private static final String INSERT =
      """
      INSERT INTO outbox (event_id, topic, key, sequence, occurred_at, payload)
      SELECT gen_random_uuid(), '%s', md5((n %% 100000)::text)::uuid::text, n, now(), ?
      """
          .formatted(TOPIC);

  private static void fill(Servers servers, int rows) throws Exception {
    try (var connection = servers.connect();
        var insert =
            connection.prepareStatement(
                INSERT + " FROM generate_series(?::bigint, ?::bigint) AS n")) {
      insert.setBytes(1, payload());
      for (var n = 1; n <= rows; n += 1_000) {
        insert.setLong(2, n);
        insert.setLong(3, Math.min(rows, n + 999));
        insert.executeUpdate();
      }
    }
  }

  private static void empty(Servers servers) throws SQLException {
    try (var connection = servers.connect();
        var statement = connection.createStatement()) {
      statement.execute("TRUNCATE outbox");
      statement.execute("CHECKPOINT");
    }
  }

  private static Relay.Settings settings(Servers servers) {
    return new Relay.Settings(
        "bench",
        PgConnectOptions.fromUri(servers.uri()).setUser(Servers.USER).setPassword(Servers.PASSWORD),
        Map.of("bootstrap.servers", servers.bootstrapServers()));
  }

  private static byte[] payload() throws IOException {
    return resource("/golden/lead-captured.v1.json").getBytes(UTF_8);
  }

  private static String resource(String name) throws IOException {
    try (var file = requireNonNull(RelayBench.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }
}
