package baton.bench;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's embedded engine on the outbox table, routed by its EventRouter to the same topics with
 * the same producer settings. It connects first and is held until told to publish.
 */
final class DebeziumFollower implements AutoCloseable {
  private static final String SLOT = "bench_debezium";

  private final Servers servers;
  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicLong published = new AtomicLong();
  private final KafkaProducer<String, byte[]> producer;
  private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private volatile @Nullable Throwable failure;

  private DebeziumFollower(Servers servers) {
    this.servers = servers;
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers.bootstrapServers(),
                "acks",
                "all",
                "compression.type",
                "lz4",
                "linger.ms",
                50,
                "batch.size",
                256 << 10),
            new StringSerializer(),
            new ByteArraySerializer());
    engine =
        DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
            .using(properties(servers))
            .using((_, _, error) -> failure = error)
            .notifying(this::handle)
            .build();
  }

  static DebeziumFollower start(Servers servers) throws Exception {
    var follower = new DebeziumFollower(servers);
    follower.thread.execute(follower.engine);
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!follower.following()) {
      if (follower.failure != null || System.nanoTime() > deadline) {
        throw new IllegalStateException("Debezium did not start", follower.failure);
      }
      LockSupport.parkNanos(50_000_000);
    }
    return follower;
  }

  /** Lets go, and says how many nanoseconds it took until Kafka had acknowledged so many. */
  long publish(int count) {
    var started = System.nanoTime();
    go.countDown();
    while (published.get() < count) {
      if (failure != null) {
        throw new IllegalStateException("Debezium failed", failure);
      }
      LockSupport.parkNanos(1_000_000);
    }
    return System.nanoTime() - started;
  }

  private void handle(
      List<RecordChangeEvent<SourceRecord>> events,
      RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
      throws InterruptedException {
    go.await();
    for (var event : events) {
      var record = event.record();
      var out =
          new ProducerRecord<>(record.topic(), String.valueOf(record.key()), bytes(record.value()));
      record
          .headers()
          .forEach(
              header ->
                  out.headers()
                      .add(
                          header.key(),
                          String.valueOf(header.value()).getBytes(StandardCharsets.UTF_8)));
      var _ = producer.send(out);
    }
    producer.flush();
    for (var event : events) {
      committer.markProcessed(event);
    }
    committer.markBatchFinished();
    published.addAndGet(events.size());
  }

  private boolean following() throws SQLException {
    try (var connection = servers.connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT 1 FROM pg_replication_slots WHERE active AND slot_name = '" + SLOT + "'")) {
      return rows.next();
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    go.countDown();
    engine.close();
    thread.shutdown();
    producer.close();
    try (var connection = servers.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active");
      statement.execute(
          "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active");
      statement.execute("DROP PUBLICATION IF EXISTS dbz_publication");
    }
  }

  private static byte @Nullable [] bytes(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case byte[] array -> array;
      case ByteBuffer buffer -> {
        var array = new byte[buffer.remaining()];
        buffer.duplicate().get(array);
        yield array;
      }
      default -> String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    };
  }

  private static Properties properties(Servers servers) {
    var properties = new Properties();
    properties.putAll(
        Map.ofEntries(
            Map.entry("name", "bench"),
            Map.entry("connector.class", "io.debezium.connector.postgresql.PostgresConnector"),
            Map.entry(
                "offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore"),
            Map.entry("offset.flush.interval.ms", "1000"),
            Map.entry("topic.prefix", "bench"),
            Map.entry("database.hostname", "127.0.0.1"),
            Map.entry("database.port", Integer.toString(servers.postgresPort())),
            Map.entry("database.user", Servers.USER),
            Map.entry("database.password", Servers.PASSWORD),
            Map.entry("database.dbname", servers.database()),
            Map.entry("plugin.name", "pgoutput"),
            Map.entry("slot.name", SLOT),
            Map.entry("publication.autocreate.mode", "filtered"),
            Map.entry("table.include.list", "public.outbox"),
            Map.entry("snapshot.mode", "no_data"),
            Map.entry("tombstones.on.delete", "false"),
            Map.entry("skipped.operations", "u,d,t"),
            Map.entry("max.batch.size", "8192"),
            Map.entry("max.queue.size", "32768"),
            Map.entry("poll.interval.ms", "10"),
            Map.entry("transforms", "outbox"),
            Map.entry("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter"),
            Map.entry("transforms.outbox.table.field.event.id", "event_id"),
            Map.entry("transforms.outbox.table.field.event.key", "key"),
            Map.entry("transforms.outbox.table.field.event.payload", "payload"),
            Map.entry("transforms.outbox.route.by.field", "topic"),
            Map.entry("transforms.outbox.route.topic.replacement", "${routedByValue}"),
            Map.entry(
                "transforms.outbox.table.fields.additional.placement",
                "sequence:header:ce_sequence,occurred_at:header:ce_time,topic:header:ce_type")));
    return properties;
  }
}
