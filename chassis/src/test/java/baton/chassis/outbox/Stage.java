package baton.chassis.outbox;

import static baton.chassis.outbox.Facts.fact;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Topic;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** An outbox and a broker, without an application around them. */
final class Stage implements AutoCloseable {
  private static final int PARTITIONS = 3;

  final Vertx vertx = Vertx.vertx();
  final PgConnectOptions database;
  final Pool pool;
  final String bootstrapServers;
  final String service = "stage-" + Long.toString(System.nanoTime(), 36);
  private final String jdbcUrl;
  private final Map<UUID, Integer> appended = new HashMap<>();

  Stage(String jdbcUrl, String user, String password, String bootstrapServers) throws Exception {
    this.jdbcUrl = jdbcUrl + "?user=" + user + "&password=" + password;
    this.bootstrapServers = bootstrapServers;
    database =
        PgConnectOptions.fromUri(jdbcUrl.substring("jdbc:".length()))
            .setUser(user)
            .setPassword(password)
            .setReconnectAttempts(50)
            .setReconnectInterval(100);
    pool =
        new Pool(
            PgBuilder.pool()
                .using(vertx)
                .connectingTo(database)
                .with(new PoolOptions().setMaxSize(8))
                .build());
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(migration());
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl);
  }

  Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", bootstrapServers);
  }

  Relay.Settings settings(int batch) {
    return new Relay.Settings(service, database, kafka(), batch, Duration.ofMillis(20));
  }

  /** Appends this many facts, a few at a time over a few leads, as concurrently as the pool can. */
  void append(int transactions, List<UUID> leads, long seed) {
    var random = new SplittableRandom(seed);
    var work = new ArrayList<Uni<Void>>();
    for (var t = 0; t < transactions; t++) {
      var chosen = leads.stream().filter(_ -> random.nextInt(3) == 0).sorted().toList();
      var facts = chosen.stream().map(lead -> fact(lead, 0)).toList();
      chosen.forEach(lead -> appended.merge(lead, 1, Integer::sum));
      work.add(
          Uni.createFrom()
              .deferred(() -> pool.withTransaction(tx -> Outbox.insert(tx, facts, null)))
              .onFailure()
              .retry()
              .withBackOff(Duration.ofMillis(50), Duration.ofMillis(500))
              .atMost(200));
    }
    Uni.join().all(work).usingConcurrencyOf(8).andFailFast().await().atMost(Duration.ofMinutes(4));
  }

  /** Kills the connections of whatever leads, as a failed network or a database restart would. */
  void killLeader() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
              + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    }
  }

  long waiting() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM outbox")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** The sequences on Kafka of each of these leads, as a reader of committed records meets them. */
  Map<UUID, List<Long>> published(List<UUID> leads) {
    var found = new LinkedHashMap<UUID, List<Long>>();
    leads.forEach(lead -> found.put(lead, new ArrayList<>()));
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(Topic.SALES_STEP.topicName()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          var of = found.get(UUID.fromString(record.key()));
          if (of != null) {
            var sequence = requireNonNull(record.headers().lastHeader("ce_sequence")).value();
            of.add(Long.parseLong(new String(sequence, UTF_8)));
          }
        }
      }
    }
    return found;
  }

  /**
   * Everything committed came, and for the first time in its order; some may have come again. What
   * was committed is what the database counted: a client may not know.
   */
  void assertNothingLostNorReordered() throws SQLException {
    var committed = new HashMap<UUID, Long>();
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT key, last FROM event_sequence")) {
      while (rows.next()) {
        committed.put(UUID.fromString(rows.getString(1)), rows.getLong(2));
      }
    }
    appended.forEach(
        (lead, count) -> assertThat(committed.get(lead)).isGreaterThanOrEqualTo(count));
    published(List.copyOf(committed.keySet()))
        .forEach(
            (lead, sequences) ->
                assertThat(List.copyOf(new LinkedHashSet<>(sequences)))
                    .as("sequences of one lead")
                    .isEqualTo(
                        LongStream.rangeClosed(1, requireNonNull(committed.get(lead)))
                            .boxed()
                            .toList()));
  }

  int appended() {
    return appended.values().stream().mapToInt(Integer::intValue).sum();
  }

  static void createTopics(String bootstrapServers) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      if (!admin.listTopics().names().get().contains(Topic.SALES_STEP.topicName())) {
        admin
            .createTopics(
                List.of(new NewTopic(Topic.SALES_STEP.topicName(), PARTITIONS, (short) 1)))
            .all()
            .get();
      }
    }
  }

  static List<UUID> leads(int count) {
    return Stream.generate(UUID::randomUUID).limit(count).toList();
  }

  private static String migration() throws IOException {
    try (var file =
        requireNonNull(Stage.class.getResourceAsStream("/db/chassis/V0_1__outbox.sql"))) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }

  @Override
  public void close() {
    pool.closeAndAwait();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
