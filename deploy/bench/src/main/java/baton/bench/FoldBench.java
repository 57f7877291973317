package baton.bench;

import baton.contracts.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

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
  private static final int SECONDS_APART = 30;

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
    return StreamsFold.measured(
        servers.bootstrapServers(), folder, "streams_" + ++runs, commitMillis, records, WARM);
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
    var events = new ArrayList<Event>();
    new History(leads, SECONDS_APART).tell(events::addAll);
    if (shuffled) {
      Collections.shuffle(events, new Random(5));
    }
    try (var filling = new Filling(servers.bootstrapServers())) {
      events.forEach(filling::send);
    }
    return events.size();
  }
}
