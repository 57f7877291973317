package baton.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The reference of those who wait: db-scheduler with sixteen threads, by lock-and-fetch. What it
 * does when a timer is due is either the least that could count as a verdict, one row, or what a
 * verdict is in Baton's own tables: the handoff held and its steps read, the breach with evidence
 * that nobody had to compute, and its event in the outbox. Each timer does so by itself.
 */
final class DbSchedulerTimers implements AutoCloseable {
  private static final int THREADS = 16;
  private static final Duration LOOK = Duration.ofMillis(50);

  /** As its documentation gives them for PostgreSQL. */
  private static final String TABLES =
      """
      CREATE TABLE scheduled_tasks (
        task_name text NOT NULL, task_instance text NOT NULL, task_data bytea,
        execution_time timestamptz NOT NULL, picked boolean NOT NULL, picked_by text,
        last_success timestamptz, last_failure timestamptz, consecutive_failures int,
        last_heartbeat timestamptz, version bigint NOT NULL, priority smallint,
        PRIMARY KEY (task_name, task_instance));
      CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
      CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
      CREATE INDEX priority_execution_time_idx ON scheduled_tasks (priority DESC, execution_time ASC);
      """;

  private static final String VERDICTS =
      "CREATE TABLE verdict (id text PRIMARY KEY, judged_at timestamptz NOT NULL DEFAULT now())";

  private static final String HOLD =
      "SELECT lead_id, pass_id, seller_id, team FROM handoff WHERE handoff_id = ?::uuid FOR UPDATE";

  private static final String STEPS =
      "SELECT step, occurred_at, seller_id FROM handoff_step WHERE handoff_id = ?::uuid ORDER BY revision";

  private static final String SETTLE =
      """
      UPDATE clock SET state = 'broken', judged_at = clock_timestamp()
      WHERE subject_id = ?::uuid AND clause_id = 'try' AND state = 'waiting'
      """;

  private static final String BREAK =
      """
      INSERT INTO breach (breach_id, revision, state, clause_id, owed_by, subject_id, handoff_id,
        lead_id, pass_id, seller_id, team, charter_version, started_at, due_at, judged_at,
        tzdb_version, evidence)
      VALUES (?, 1, 'breached', 'try', 'sales', ?::uuid, ?::uuid, ?, ?, ?, ?, 1, ?, ?,
        clock_timestamp(), '2026a', string_to_array(?, E'\\n'))
      """;

  private static final String NUMBER =
      """
      INSERT INTO event_sequence AS kept (key, last) VALUES (?, 1)
      ON CONFLICT (key) DO UPDATE SET last = kept.last + 1 RETURNING last
      """;

  private static final String PUBLISH =
      """
      INSERT INTO outbox (event_id, topic, key, sequence, occurred_at, payload)
      VALUES (?, 'sla-breach', ?, ?, clock_timestamp(), ?)
      """;

  private static final String EVIDENCE =
      """
      charter version 1: try, sales owes first-attempt within PT1H
      started Mon 2026-11-23 09:00:01.123 +00:00: offered to seller-12
      ran from Mon 2026-11-23 09:00:01.123 +00:00 to Mon 2026-11-23 10:00:01.123 +00:00: 1 h
      due Mon 2026-11-23 10:00:01.123 +00:00: PT1H from the start
      counted in UTC by time zone rules 2026a
      Mon 2026-11-23 09:00:01.123 +00:00: offered
      broken: nothing had kept it by Mon 2026-11-23 10:00:01.123 +00:00""";

  private static final String PAYLOAD =
      """
      {"leadId":"%1$s","occurredAt":"2026-11-23T10:00:01.123Z","charterVersion":1,"breachId":"%2$s",\
      "revision":1,"step":"breached","clauseId":"try","owedBy":"sales","sellerId":"seller-12",\
      "team":"inside","handoffId":"%1$s","passId":"%1$s","startedAt":"2026-11-23T09:00:01.123Z",\
      "dueAt":"2026-11-23T10:00:01.123Z","judgedAt":"2026-11-23T10:00:01.123Z",\
      "tzdbVersion":"2026a","evidence":["%3$s"]}""";

  private static final String OPEN =
      """
      INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
      SELECT 'judge', %s || n, %s, false, 1, 50 FROM generate_series(1, %d) AS n
      """;

  private static final String DUE =
      """
      INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
      SELECT 'judge', id, now(), false, 1, 50 FROM unnest(?) AS id
      """;

  /** What a timer does when it is due, in a transaction of its own. */
  @FunctionalInterface
  private interface Work {
    void on(Connection connection, String instance) throws SQLException;
  }

  private final AgroalDataSource pool;
  private final Work work;
  private final AtomicInteger judged = new AtomicInteger();
  private final OneTimeTask<Void> judge;
  private int trials;

  /** Each due timer inserts a row. */
  static DbSchedulerTimers inserting(Servers servers, int open) throws SQLException {
    var timers =
        new DbSchedulerTimers(
            servers.uri(),
            open,
            (connection, instance) -> {
              try (var insert =
                  connection.prepareStatement("INSERT INTO verdict (id) VALUES (?)")) {
                insert.setString(1, instance);
                insert.executeUpdate();
              }
            });
    timers.execute(VERDICTS);
    return timers;
  }

  /** Each due timer is the id of a handoff whose promise is broken. */
  static DbSchedulerTimers judging(ServiceProcess service, int open) throws SQLException {
    return new DbSchedulerTimers(service.uri(), open, DbSchedulerTimers::judge);
  }

  private DbSchedulerTimers(String uri, int open, Work work) throws SQLException {
    this.work = work;
    pool =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                    connections ->
                        connections
                            .maxSize(THREADS + 4)
                            .connectionFactoryConfiguration(
                                made ->
                                    made.jdbcUrl("jdbc:" + uri)
                                        .principal(new NamePrincipal(Servers.USER))
                                        .credential(new SimplePassword(Servers.PASSWORD)))));
    judge = Tasks.oneTime("judge").execute((instance, _) -> judge(instance));
    execute(TABLES);
    execute(OPEN.formatted("'open-'", "now() + interval '1 year'", open));
    execute("VACUUM ANALYZE scheduled_tasks");
  }

  private void execute(String statement) throws SQLException {
    try (var connection = pool.getConnection();
        var made = connection.createStatement()) {
      made.execute(statement);
    }
  }

  /** How many a second, when so many are due at once. */
  Measured run(int due) throws SQLException {
    trials++;
    return run(IntStream.range(0, due).mapToObj(n -> "due-" + trials + "-" + n).toList());
  }

  /** How many a second, when these are due at once. */
  Measured run(List<String> instances) throws SQLException {
    var due = instances.size();
    try (var connection = pool.getConnection();
        var insert = connection.prepareStatement(DUE)) {
      insert.setArray(1, connection.createArrayOf("text", instances.toArray()));
      insert.executeUpdate();
    }
    execute("CHECKPOINT");
    judged.set(0);
    var scheduler =
        Scheduler.create(pool, judge)
            .threads(THREADS)
            .pollUsingLockAndFetch(0.5, 4.0)
            .pollingInterval(LOOK)
            .build();
    var started = System.nanoTime();
    scheduler.start();
    try {
      while (judged.get() < due) {
        LockSupport.parkNanos(1_000_000);
      }
      return Measured.rate(due * 1e9 / (System.nanoTime() - started));
    } finally {
      scheduler.stop();
    }
  }

  private void judge(TaskInstance<Void> instance) {
    try (var connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      work.on(connection, instance.getId());
      connection.commit();
      judged.incrementAndGet();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void judge(Connection connection, String handoff) throws SQLException {
    try (var hold = connection.prepareStatement(HOLD);
        var steps = connection.prepareStatement(STEPS);
        var settle = connection.prepareStatement(SETTLE);
        var breach = connection.prepareStatement(BREAK);
        var number = connection.prepareStatement(NUMBER);
        var publish = connection.prepareStatement(PUBLISH)) {
      hold.setString(1, handoff);
      var held = hold.executeQuery();
      held.next();
      steps.setString(1, handoff);
      var offered = steps.executeQuery();
      offered.next();
      settle.setString(1, handoff);
      if (settle.executeUpdate() != 1) {
        throw new IllegalStateException("judged twice");
      }
      var lead = held.getObject("lead_id", UUID.class);
      var id = UuidCreator.getTimeOrderedEpochPlus1();
      breach.setObject(1, id);
      breach.setString(2, handoff);
      breach.setString(3, handoff);
      breach.setObject(4, lead);
      breach.setObject(5, held.getObject("pass_id", UUID.class));
      breach.setString(6, held.getString("seller_id"));
      breach.setString(7, held.getString("team"));
      breach.setTimestamp(8, offered.getTimestamp("occurred_at"));
      breach.setTimestamp(9, offered.getTimestamp("occurred_at"));
      breach.setString(10, EVIDENCE);
      breach.executeUpdate();
      number.setString(1, lead.toString());
      var numbered = number.executeQuery();
      numbered.next();
      publish.setObject(1, UuidCreator.getTimeOrderedEpochPlus1());
      publish.setString(2, lead.toString());
      publish.setLong(3, numbered.getLong(1));
      publish.setBytes(
          4, PAYLOAD.formatted(lead, id, EVIDENCE.replace("\n", "\",\"")).getBytes(UTF_8));
      publish.executeUpdate();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
