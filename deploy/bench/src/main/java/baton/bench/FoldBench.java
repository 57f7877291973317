package baton.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.contracts.Company;
import baton.contracts.Event;
import baton.contracts.HandoffStep;
import baton.contracts.Json;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadOutcome;
import baton.contracts.LeadQualified;
import baton.contracts.LeadTouched;
import baton.contracts.Money;
import baton.contracts.Origin;
import baton.contracts.OutcomeResult;
import baton.contracts.Profile;
import baton.contracts.Topic;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * How fast a backlog of events becomes durable journeys and cells, beside Kafka Streams making the
 * same of them with the same code, exactly once. A lead's events come close together (A), or all
 * leads' in random order (B).
 *
 * <p>Both sides are new processes with the same heap, collector and number of threads. The first
 * half of the events warms them up; what counts is the second, counted here when it is committed
 * and there already when it is processed.
 */
public final class FoldBench implements Bench {
  private static final int LEADS = 200_000;
  private static final double WARM = 0.5;
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);
  private static final Instant SPRING = Instant.parse("2026-03-01T00:00:00Z");

  private int runs;

  @Override
  public String name() {
    return "fold";
  }

  @Override
  public String about() {
    return "events into durable journeys and cells, beside Kafka Streams, exactly once";
  }

  @Override
  public List<Row> run(Setting setting) throws Exception {
    var rows = new ArrayList<Row>();
    rows.addAll(told(setting, "fold A", false));
    rows.addAll(told(setting, "fold B", true));
    return rows;
  }

  private List<Row> told(Setting setting, String name, boolean shuffled) throws Exception {
    var folder = Files.createDirectories(setting.folder().resolve(shuffled ? "b" : "a"));
    try (var servers = Servers.start(folder)) {
      int records = fill(servers, setting.scaled(LEADS), shuffled);
      var rows = new ArrayList<Row>();
      for (int commitMillis : shuffled ? new int[] {100} : new int[] {100, 1_000}) {
        rows.add(
            Comparison.warm(
                name + " " + commitMillis + " ms",
                commitMillis == 100 ? 2.0 : 1.3,
                "events/s",
                setting,
                () -> streams(servers, folder, commitMillis, records),
                () -> ours(servers, folder, records)));
      }
      return rows;
    }
  }

  private Measured streams(Servers servers, Path folder, int commitMillis, int records)
      throws Exception {
    var name = "streams_" + ++runs;
    var command = ServiceProcess.java();
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            StreamsFold.class.getName(),
            servers.bootstrapServers(),
            folder.resolve(name).toString(),
            name,
            Integer.toString(commitMillis),
            Integer.toString(records),
            Double.toString(WARM)));
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

  private Measured ours(Servers servers, Path folder, int records) throws Exception {
    var database = "fold_" + ++runs;
    try (var service =
        ServiceProcess.start(
            "reporting-service", servers, database, folder, Map.of("BATON_FOLD_GROUP", database))) {
      return measured(service, records);
    }
  }

  private static Measured measured(ServiceProcess service, int records) throws SQLException {
    var deadline = System.nanoTime() + LONG_ENOUGH.toNanos();
    long begun = 0;
    long from = 0;
    long cpu = 0;
    try (var connection = service.connect();
        var statement = connection.createStatement()) {
      while (System.nanoTime() < deadline && service.isAlive()) {
        long folded = folded(statement);
        if (begun == 0 && folded >= records * WARM) {
          begun = System.nanoTime();
          from = folded;
          cpu = service.cpuNanos();
        }
        if (folded >= records) {
          return new Measured(
              (folded - from) * 1e9 / (System.nanoTime() - begun),
              null,
              null,
              (service.cpuNanos() - cpu) / 1e3 / (folded - from));
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
    throw new IllegalStateException("the fold did not come to its end");
  }

  private static long folded(java.sql.Statement statement) throws SQLException {
    try (var there = statement.executeQuery("SELECT to_regclass('fold_offset') IS NOT NULL")) {
      there.next();
      if (!there.getBoolean(1)) {
        return 0;
      }
    }
    try (var sum = statement.executeQuery("SELECT coalesce(sum(next), 0) FROM fold_offset")) {
      sum.next();
      return sum.getLong(1);
    }
  }

  /** Leads of a plausible company on their topics; how many records that made. */
  private static int fill(Servers servers, int leads, boolean shuffled) {
    var random = new SplittableRandom(5);
    var events = new ArrayList<Event>();
    for (int i = 0; i < leads; i++) {
      live(random, SPRING.plusSeconds(i * 30L), events);
    }
    if (shuffled) {
      Collections.shuffle(events, new Random(5));
    }
    var failed = new AtomicReference<@Nullable Exception>();
    try (var producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                servers.bootstrapServers(),
                "acks",
                "all",
                "compression.type",
                "lz4",
                "linger.ms",
                20,
                "batch.size",
                256 << 10),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (var event : events) {
        var topic = Topic.of(event);
        var record =
            new ProducerRecord<String, byte[]>(topic.topicName(), event.key(), Json.bytes(event));
        record.headers().add("ce_type", topic.type().getBytes(UTF_8));
        producer.send(record, (_, why) -> failed.compareAndSet(null, why));
      }
    }
    if (failed.get() != null) {
      throw new IllegalStateException("the topics could not be filled", failed.get());
    }
    return events.size();
  }

  private static void live(SplittableRandom random, Instant at, List<Event> into) {
    var lead = id(random, at);
    var pass = id(random, at.plusSeconds(3_600));
    var handoff = id(random, at.plusSeconds(3_700));
    var source = "source-" + random.nextInt(8);
    into.add(
        new LeadCaptured(
            lead,
            at,
            0,
            id(random, at),
            "form",
            null,
            source,
            "cpc",
            "Paid Search",
            source + "-" + random.nextInt(10),
            null,
            "/landing/" + random.nextInt(20),
            null,
            "DE",
            Origin.INBOUND,
            null,
            null,
            null,
            new Company("company-" + random.nextInt(20_000) + ".example", 50, null, null),
            "persona-" + random.nextInt(4),
            "smb",
            "A",
            Map.of(),
            List.of(),
            List.of(),
            null));
    into.add(
        new LeadTouched(
            lead,
            at.plusSeconds(600),
            0,
            id(random, at.plusSeconds(600)),
            "visit",
            null,
            source,
            null,
            "Direct",
            null,
            Map.of()));
    if (random.nextInt(2) == 0) {
      into.add(
          new LeadQualified(
              lead,
              at.plusSeconds(3_600),
              0,
              pass,
              "asked for a demo",
              "persona-1",
              "smb",
              "A",
              1,
              null,
              List.of(),
              new Profile(
                  source,
                  "cpc",
                  "Paid Search",
                  null,
                  null,
                  "DE",
                  Origin.INBOUND,
                  null,
                  null,
                  null,
                  null,
                  Map.of()),
              List.of()));
      var seller = "seller-" + random.nextInt(20);
      into.add(step(lead, handoff, pass, 1, HandoffStep.OFFERED, at.plusSeconds(3_700), seller));
      into.add(step(lead, handoff, pass, 2, HandoffStep.ACCEPTED, at.plusSeconds(9_000), seller));
      if (random.nextInt(4) == 0) {
        into.add(
            new LeadOutcome(
                lead,
                at.plusSeconds(900_000),
                0,
                id(random, at.plusSeconds(900_000)),
                1,
                pass,
                OutcomeResult.WON,
                new Money(BigDecimal.valueOf(random.nextInt(1, 1_000_000), 2), "EUR"),
                null,
                null,
                seller,
                null,
                List.of()));
      }
    }
  }

  private static LeadHandoff step(
      UUID lead, UUID handoff, UUID pass, long revision, HandoffStep step, Instant at, String by) {
    return new LeadHandoff(
        lead, at, 0, handoff, pass, revision, step, by, "north", null, null, null, List.of(), null);
  }

  /** A UUIDv7, as the services make them. */
  private static UUID id(SplittableRandom random, Instant at) {
    return new UUID(
        at.toEpochMilli() << 16 | 0x7000L | random.nextInt(1 << 12),
        (random.nextLong() >>> 2) | (1L << 63));
  }
}
