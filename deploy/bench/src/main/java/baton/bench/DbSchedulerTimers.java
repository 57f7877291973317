package baton.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The reference of those who wait: db-scheduler with sixteen threads, by lock-and-fetch. What it
 * does when a timer is due is the least that could count as a verdict: one row, inserted by itself.
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
      CREATE TABLE verdict (id text PRIMARY KEY, judged_at timestamptz NOT NULL DEFAULT now());
      """;

  private static final String OPEN =
      """
      INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
      SELECT 'judge', %s || n, %s, false, 1, 50 FROM generate_series(1, %d) AS n
      """;

  private final Servers servers;
  private final AgroalDataSource pool;
  private final AtomicInteger judged = new AtomicInteger();
  private final OneTimeTask<Void> judge;
  private int trials;

  DbSchedulerTimers(Servers servers, int open) throws SQLException {
    this.servers = servers;
    pool =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                    connections ->
                        connections
                            .maxSize(THREADS + 4)
                            .connectionFactoryConfiguration(
                                made ->
                                    made.jdbcUrl("jdbc:" + servers.uri())
                                        .principal(new NamePrincipal(Servers.USER))
                                        .credential(new SimplePassword(Servers.PASSWORD)))));
    judge = Tasks.oneTime("judge").execute((instance, _) -> judge(instance));
    try (var connection = servers.connect();
        var statement = connection.createStatement()) {
      statement.execute(TABLES);
      statement.execute(OPEN.formatted("'open-'", "now() + interval '1 year'", open));
      statement.execute("VACUUM ANALYZE scheduled_tasks");
    }
  }

  /** How many a second, when so many are due at once. */
  Measured run(int due) throws SQLException {
    try (var connection = servers.connect();
        var statement = connection.createStatement()) {
      statement.execute(OPEN.formatted("'due-" + ++trials + "-'", "now()", due));
      statement.execute("CHECKPOINT");
    }
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
    try (var connection = pool.getConnection();
        var insert = connection.prepareStatement("INSERT INTO verdict (id) VALUES (?)")) {
      insert.setString(1, instance.getId());
      insert.executeUpdate();
      judged.incrementAndGet();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
