package baton.bench;

import baton.contracts.Json;
import baton.contracts.Topic;
import baton.reporting.funnel.Contribution;
import baton.reporting.funnel.Deltas;
import baton.reporting.journey.Journey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;

/**
 * The fold as Kafka Streams would have it: journeys and cells in state stores with their
 * changelogs, exactly once. What a journey is and what it counts for is the same code.
 */
final class StreamsFold implements Processor<byte[], byte[], Void, Void> {
  private static final String JOURNEYS = "journeys";
  private static final String CELLS = "cells";
  private static final String TALLIES = "tallies";
  private static final String[] TOPICS =
      java.util.stream.Stream.of(
              Topic.LEAD_CAPTURED,
              Topic.LEAD_TOUCHED,
              Topic.LEAD_QUALIFIED,
              Topic.LEAD_HANDOFF,
              Topic.LEAD_OUTCOME)
          .map(Topic::topicName)
          .toArray(String[]::new);

  private final AtomicLong heard;
  private final KeyValueStore<byte[], byte[]>[] stores;
  private ProcessorContext<Void, Void> context;

  @SuppressWarnings({"unchecked", "NullAway.Init"})
  private StreamsFold(AtomicLong heard) {
    this.heard = heard;
    this.stores = new KeyValueStore[3];
  }

  /** Folds everything there is once, in a process of its own. */
  static Measured measured(
      String bootstrapServers, Path folder, String name, int commitMillis, int records, double warm)
      throws Exception {
    var command = ServiceProcess.java();
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            StreamsFold.class.getName(),
            bootstrapServers,
            folder.resolve(name).toString(),
            name,
            Integer.toString(commitMillis),
            Integer.toString(records),
            Double.toString(warm)));
    var process =
        new ProcessBuilder(command).redirectError(folder.resolve(name + ".log").toFile()).start();
    try (var said = process.inputReader()) {
      var rate = said.lines().reduce((_, last) -> last);
      if (process.waitFor() != 0 || rate.isEmpty()) {
        throw new IllegalStateException("Kafka Streams did not come to its end");
      }
      return Measured.rate(Double.parseDouble(rate.get()));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Folds everything there is once, and prints how many events a second that were. */
  public static void main(String[] arguments) {
    LogContext.getLogContext().getLogger("").setLevel(Level.WARN);
    System.out.println(
        run(
            arguments[0],
            Path.of(arguments[1]),
            arguments[2],
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]),
            Double.parseDouble(arguments[5])));
    System.exit(0);
  }

  /** Events a second after the first {@code warm} of them. */
  private static double run(
      String bootstrapServers,
      Path state,
      String name,
      int commitMillis,
      int records,
      double warm) {
    var heard = new AtomicLong();
    var topology = new Topology();
    topology.addSource(
        AutoOffsetReset.earliest(),
        "events",
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        TOPICS);
    topology.addProcessor("fold", () -> new StreamsFold(heard), "events");
    for (var store : Set.of(JOURNEYS, CELLS, TALLIES)) {
      topology.addStateStore(
          Stores.keyValueStoreBuilder(
                  Stores.persistentKeyValueStore(store), Serdes.ByteArray(), Serdes.ByteArray())
              .withCachingEnabled(),
          "fold");
    }
    try (var streams =
        new KafkaStreams(topology, settings(bootstrapServers, state, name, commitMillis))) {
      streams.start();
      while (heard.get() < records * warm) {
        LockSupport.parkNanos(1_000_000);
      }
      long begun = System.nanoTime();
      long from = heard.get();
      while (heard.get() < records) {
        LockSupport.parkNanos(1_000_000);
      }
      double rate = (records - from) * 1e9 / (System.nanoTime() - begun);
      streams.close(Duration.ofSeconds(20));
      return rate;
    }
  }

  private static Properties settings(
      String bootstrapServers, Path state, String name, int commitMillis) {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMillis);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 128L << 20);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    settings.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
    settings.put(StreamsConfig.producerPrefix("batch.size"), 256 << 10);
    return settings;
  }

  @Override
  public void init(ProcessorContext<Void, Void> given) {
    context = given;
    stores[0] = given.getStateStore(JOURNEYS);
    stores[1] = given.getStateStore(CELLS);
    stores[2] = given.getStateStore(TALLIES);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    try {
      var topic = Topic.named(context.recordMetadata().orElseThrow().topic()).orElseThrow();
      var event = Json.mapper().readValue(record.value(), topic.event());
      var lead = UUID.fromString(event.key());
      var key =
          ByteBuffer.allocate(16)
              .putLong(lead.getMostSignificantBits())
              .putLong(lead.getLeastSignificantBits())
              .array();
      var kept = stores[0].get(key);
      var before = kept == null ? Journey.UNTRAVELLED : Journey.of(kept);
      var after = before.with(event);
      if (after != before) {
        stores[0].put(key, after.bytes());
        count(Contribution.of(before), Contribution.of(after));
      }
      heard.incrementAndGet();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void count(Contribution before, Contribution after) {
    var deltas = new Deltas();
    deltas.replace(before, after);
    deltas.settled();
    deltas.cells().forEach((cell, counts) -> add(key(cell), counts));
    deltas
        .tallies()
        .forEach((tally, amount) -> add(tally.toString().getBytes(StandardCharsets.UTF_8), amount));
    deltas
        .notes()
        .forEach(
            (note, times) ->
                add(
                    note.toString().getBytes(StandardCharsets.UTF_8),
                    new int[] {times.cohort(), times.entered()}));
  }

  private void add(byte[] key, int[] counts) {
    var kept = stores[1].get(key);
    var sums = ByteBuffer.allocate(4 * counts.length);
    for (int i = 0; i < counts.length; i++) {
      sums.putInt(counts[i] + (kept == null ? 0 : ByteBuffer.wrap(kept).getInt(4 * i)));
    }
    stores[1].put(key, sums.array());
  }

  private void add(byte[] key, Deltas.Amount amount) {
    var kept = stores[2].get(key);
    var sums =
        kept == null
            ? new String[] {"0", "0"}
            : new String(kept, StandardCharsets.UTF_8).split(" ", -1);
    stores[2].put(
        key,
        (new BigDecimal(sums[0]).add(amount.cohort())
                + " "
                + new BigDecimal(sums[1]).add(amount.entered()))
            .getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] key(Deltas.Cell cell) {
    return ByteBuffer.allocate(30)
        .put((byte) cell.level().ordinal())
        .putInt(cell.at())
        .putLong(cell.keys().getMostSignificantBits())
        .putLong(cell.keys().getLeastSignificantBits())
        .put((byte) cell.passes().ordinal())
        .putInt(cell.lag())
        .putInt(cell.charter())
        .array();
  }
}
