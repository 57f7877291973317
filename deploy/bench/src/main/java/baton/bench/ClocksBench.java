package baton.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.charter.Agreement;
import baton.charter.Form;
import baton.charter.Read;
import baton.contracts.Charter;
import baton.contracts.CloudEvent;
import baton.contracts.Json;
import baton.contracts.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How fast promises that run out are judged, with their evidence and their events on Kafka, beside
 * db-scheduler waking up for as many timers, once with the least that could count as a verdict and
 * once with the rows that a verdict is; and how late they are when a thousand run out every second.
 * Few are due, most are open: that these are ten times as many must not show.
 */
public final class ClocksBench implements Bench {
  private static final int OPEN = 1_000_000;
  private static final int TIMES = 10;
  private static final int DUE = 20_000;
  private static final int DUE_OF_REFERENCE = 5_000;
  private static final int WARM_UPS = 6;
  private static final int PER_SECOND = 1_000;
  private static final int SECONDS = 20;
  private static final double LATE_MILLIS = 50;
  private static final double FLAT = 0.8;
  private static final int CLAUSES = 10;
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);
  private static final Duration AHEAD = Duration.ofSeconds(2);

  private static final String CHARTER =
      """
      name: Bench
      calendars:
        default:
          zone: UTC
          week: { mon: ["00:00-24:00"], tue: ["00:00-24:00"], wed: ["00:00-24:00"], thu: ["00:00-24:00"],
                  fri: ["00:00-24:00"], sat: ["00:00-24:00"], sun: ["00:00-24:00"] }
      personas: [ { id: all, name: All, when: 'true', ready: { score: 1 } } ]
      sales:
        - { id: try, owes: first-attempt, within: PT1H }
      """;

  private static final String HANDOFFS =
      """
      INSERT INTO handoff (handoff_id, lead_id, pass_id, qualified_at, charter_version, revision,
        state, since, seller_id, team, offered_at, routing)
      SELECT id, id, id, now(), 1, 1, 'offered', now(), 'seller-' || n %% 40, 'inside', now(), 'bench'
      FROM generate_series(%1$d, %2$d) AS n,
        LATERAL (SELECT (lpad(to_hex(n), 12, '0') || '70008000000000000000')::uuid AS id) AS made;
      INSERT INTO handoff_step (handoff_id, revision, step, occurred_at, seller_id, routing)
      SELECT id, 1, 'offered', now(), 'seller-' || n %% 40, 'bench'
      FROM generate_series(%1$d, %2$d) AS n,
        LATERAL (SELECT (lpad(to_hex(n), 12, '0') || '70008000000000000000')::uuid AS id) AS made;
      INSERT INTO clock (subject_id, clause_id, charter_version, state, started_at, started_by,
        restarted, due_at)
      SELECT id, %3$s, 1, '%6$s', due - interval '1 hour', 'offered to seller-' || n %% 40, false,
        due
      FROM generate_series(%1$d, %2$d) AS n, generate_series(1, %4$d) AS clause,
        LATERAL (SELECT (lpad(to_hex(n), 12, '0') || '70008000000000000000')::uuid AS id,
          %5$s AS due) AS made
      """;

  /** By the index alone: a look at whether any is due would read all that are not. */
  private static final String WAITING =
      """
      SELECT (SELECT min(due_at) FROM clock WHERE state = 'running') <= now()
        OR EXISTS (SELECT FROM outbox)
      """;

  private static final String FROM_NOW = "date_trunc('milliseconds', clock_timestamp()) + ";

  private int handoffs;

  @Override
  public String name() {
    return "clocks";
  }

  @Override
  public String about() {
    return "promises that run out judged and published, beside db-scheduler's timers";
  }

  @Override
  public List<Row> run(Setting setting) throws Exception {
    try (var servers = Servers.start(setting.folder());
        var service =
            ServiceProcess.start(
                "handoff-service", servers, "clocks", setting.folder(), Map.of())) {
      sign(servers, service);
      int open = setting.scaled(OPEN);
      setting.news().accept("clocks: opening " + open);
      try (var least = DbSchedulerTimers.inserting(servers, open);
          var same = DbSchedulerTimers.judging(service, open);
          var connection = service.connect()) {
        fill(connection, open);
        setting.news().accept("clocks: warming up");
        for (var n = 0; n < WARM_UPS; n++) {
          ours(service, connection);
        }
        var timers = setting.scaled(DUE_OF_REFERENCE);
        least.run(timers);
        same.run(waiting(connection, timers));
        var rows = new ArrayList<Row>();
        var compared =
            Comparison.warm(
                "clocks",
                20,
                "verdicts/s",
                setting,
                () -> least.run(timers),
                () -> ours(service, connection));
        rows.add(compared);
        rows.add(
            Comparison.warm(
                "clocks same work",
                20,
                "verdicts/s",
                setting,
                () -> same.run(waiting(connection, timers)),
                () -> ours(service, connection)));
        rows.add(lateness(service, connection, setting));
        setting.news().accept("clocks: opening " + open * TIMES);
        fill(connection, open * (TIMES - 1));
        ours(service, connection);
        var many = new ArrayList<Double>();
        for (var n = 0; n < setting.repetitions(); n++) {
          many.add(ours(service, connection).perSecond());
        }
        rows.add(
            new Row(
                "clocks 10 × open",
                Comparison.median(many) / compared.ours(),
                FLAT,
                Comparison.median(many),
                compared.ours(),
                "verdicts/s",
                null,
                null,
                null));
        return rows;
      }
    }
  }

  /** All of a trial are due at one instant, which has come when the time is taken. */
  private Measured ours(ServiceProcess service, Connection connection) throws SQLException {
    for (var ahead = AHEAD; ; ahead = ahead.multipliedBy(2)) {
      checkpoint(connection);
      var at = now(connection).plus(ahead);
      open(connection, DUE, "'try'", 1, "'%s'::timestamptz".formatted(at), "running");
      checkpoint(connection);
      var left = Duration.between(now(connection), at);
      if (left.isPositive()) {
        LockSupport.parkNanos(left.toNanos());
        var cpu = service.cpuNanos();
        var started = System.nanoTime();
        await(service, connection);
        var took = System.nanoTime() - started;
        return new Measured(DUE * 1e9 / took, null, null, (service.cpuNanos() - cpu) / 1e3 / DUE);
      }
      await(service, connection);
    }
  }

  /** Handoffs whose clocks Baton leaves alone; answers their ids. */
  private List<String> waiting(Connection connection, int many) throws SQLException {
    var first = handoffs + 1;
    open(connection, many, "'try'", 1, "now()", "waiting");
    return IntStream.range(first, first + many)
        .mapToObj("%012x70008000000000000000"::formatted)
        .toList();
  }

  private static Instant now(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var answer =
            statement.executeQuery("SELECT date_trunc('milliseconds', clock_timestamp())")) {
      answer.next();
      return answer.getTimestamp(1).toInstant();
    }
  }

  private Row lateness(ServiceProcess service, Connection connection, Setting setting)
      throws SQLException {
    var seconds = Math.max(5, setting.scaled(SECONDS));
    var first = handoffs + 1;
    open(
        connection,
        PER_SECOND * seconds,
        "'try'",
        1,
        FROM_NOW
            + "(n - %d) * interval '%d microseconds' + interval '3 seconds'"
                .formatted(first, 1_000_000 / PER_SECOND),
        "running");
    checkpoint(connection);
    LockSupport.parkNanos(Duration.ofSeconds(seconds + 4L).toNanos());
    await(service, connection);
    try (var statement = connection.createStatement();
        var found =
            statement.executeQuery(
                """
                SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY late),
                  percentile_cont(0.99) WITHIN GROUP (ORDER BY late), count(*), min(late)
                FROM (SELECT extract(epoch FROM judged_at - due_at) * 1000 AS late FROM breach
                  WHERE subject_id >= (lpad(to_hex(%d), 12, '0') || '70008000000000000000')::uuid) AS b
                """
                    .formatted(first))) {
      found.next();
      if (found.getLong(3) != (long) PER_SECOND * seconds || found.getDouble(4) < 0) {
        throw new IllegalStateException("not each was judged once and in time");
      }
      return Row.below("clocks p99 1000/s", LATE_MILLIS, found.getDouble(2), "ms")
          .within(found.getDouble(1), found.getDouble(2));
    }
  }

  /** Promises that nobody has to look at for a year. */
  private void fill(Connection connection, int clocks) throws SQLException {
    open(
        connection,
        clocks / CLAUSES,
        "'clause-' || clause",
        CLAUSES,
        FROM_NOW + "interval '1 year' + n * interval '10 milliseconds'",
        "running");
    try (var statement = connection.createStatement()) {
      statement.execute("VACUUM ANALYZE clock, handoff, handoff_step");
    }
  }

  private void open(
      Connection connection, int many, String clause, int clauses, String due, String state)
      throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("SET LOCAL synchronous_commit = off");
      statement.execute(
          HANDOFFS.formatted(handoffs + 1, handoffs + many, clause, clauses, due, state));
    }
    connection.commit();
    connection.setAutoCommit(true);
    handoffs += many;
  }

  private static void await(ServiceProcess service, Connection connection) throws SQLException {
    var deadline = System.nanoTime() + LONG_ENOUGH.toNanos();
    try (var waiting = connection.prepareStatement(WAITING)) {
      while (System.nanoTime() < deadline && service.isAlive()) {
        try (var answer = waiting.executeQuery()) {
          answer.next();
          if (!answer.getBoolean(1)) {
            return;
          }
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
    throw new IllegalStateException("not all clocks were judged");
  }

  private static void checkpoint(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    }
  }

  private static void sign(Servers servers, ServiceProcess service) throws Exception {
    var agreement =
        switch (Agreement.read(CHARTER.getBytes(UTF_8), Form.YAML)) {
          case Read.Good(var good) -> good;
          case Read.Faulty(var faults) -> throw new IllegalStateException(faults.toString());
        };
    var since = Instant.parse("2020-01-01T00:00:00Z");
    var charter =
        new Charter(1, since, 0, agreement.contentHash(), since, List.of(), agreement.document());
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      var envelope =
          new CloudEvent(
              new UUID(0x7000L, 0x8000000000000000L),
              Topic.CHARTER,
              "/handoff-service",
              since,
              charter.key(),
              1,
              null,
              Json.bytes(charter));
      var record = new ProducerRecord<>(Topic.CHARTER.topicName(), charter.key(), envelope.data());
      envelope.headers().forEach((name, value) -> record.headers().add(name, value));
      producer.send(record).get();
    }
    awaitCharter(service);
  }

  private static void awaitCharter(ServiceProcess service) throws SQLException {
    var deadline = System.nanoTime() + LONG_ENOUGH.toNanos();
    try (var connection = service.connect();
        var statement = connection.createStatement()) {
      while (System.nanoTime() < deadline && service.isAlive()) {
        try (var there =
            statement.executeQuery("SELECT to_regclass('known_charter') IS NOT NULL")) {
          there.next();
          if (there.getBoolean(1)) {
            try (var known = statement.executeQuery("SELECT EXISTS (SELECT FROM known_charter)")) {
              known.next();
              if (known.getBoolean(1)) {
                return;
              }
            }
          }
        }
        LockSupport.parkNanos(50_000_000);
      }
    }
    throw new IllegalStateException("handoff-service has not heard of the charter");
  }
}
