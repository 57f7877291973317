package baton.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The reference of those who write: a transaction per row, from 64 clients, of a row as large as a
 * lead. PostgreSQL's own pgbench does it, or, where there is none, as many threads over JDBC.
 */
final class SingleRows {
  private static final int CLIENTS = 64;
  private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
  private static final String PAYLOAD = new Leads().text(1).replace("'", "''");
  private static final String INSERT = "INSERT INTO single_row (body) VALUES ('" + PAYLOAD + "')";

  private final String host;
  private final int port;
  private final String user;
  private final String password;
  private final String database;
  private final Path folder;

  SingleRows(String host, int port, String user, String password, String database, Path folder)
      throws SQLException {
    this.host = host;
    this.port = port;
    this.user = user;
    this.password = password;
    this.database = database;
    this.folder = folder;
    try (var connection = DriverManager.getConnection(url(), user, password);
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS single_row (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY"
              + " KEY, at timestamptz NOT NULL DEFAULT now(), body text NOT NULL)");
    }
  }

  /** Which program inserts. */
  String program() {
    var pgbench = pgbench();
    return pgbench == null ? "64 threads over JDBC (no pgbench on this machine)" : pgbench;
  }

  Measured run(Duration time) throws Exception {
    var pgbench = pgbench();
    return pgbench == null ? overJdbc(time) : with(pgbench, time);
  }

  private Measured with(String pgbench, Duration time) throws Exception {
    var script = folder.resolve("single-row.sql");
    Files.writeString(script, INSERT + ";\n");
    var builder =
        new ProcessBuilder(
            pgbench,
            "-h",
            host,
            "-p",
            Integer.toString(port),
            "-U",
            user,
            "-n",
            "-M",
            "prepared",
            "-c",
            Integer.toString(CLIENTS),
            "-j",
            Integer.toString(Math.max(1, Runtime.getRuntime().availableProcessors() / 2)),
            "-T",
            Long.toString(Math.max(1, time.toSeconds())),
            "-f",
            script.toString(),
            database);
    builder.environment().put("PGPASSWORD", password);
    var process = builder.redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    var tps = TPS.matcher(said);
    if (process.waitFor() != 0 || !tps.find()) {
      throw new IllegalStateException("pgbench failed: " + said);
    }
    return Measured.rate(Double.parseDouble(tps.group(1)));
  }

  private Measured overJdbc(Duration time) throws Exception {
    var committed = new LongAdder();
    var failure = new AtomicReference<@Nullable Exception>();
    var threads = new ArrayList<Thread>();
    var end = System.nanoTime() + time.toNanos();
    for (var n = 0; n < CLIENTS; n++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (var connection = DriverManager.getConnection(url(), user, password);
                        var insert = connection.prepareStatement(INSERT)) {
                      while (System.nanoTime() < end) {
                        insert.executeUpdate();
                        committed.increment();
                      }
                    } catch (SQLException failed) {
                      failure.set(failed);
                    }
                  }));
    }
    for (var thread : threads) {
      thread.join();
    }
    var failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    return Measured.rate(committed.sum() * 1e9 / time.toNanos());
  }

  private String url() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  private static @Nullable String pgbench() {
    try {
      var which = new ProcessBuilder("pgbench", "--version").redirectErrorStream(true).start();
      return which.waitFor(10, TimeUnit.SECONDS) && which.exitValue() == 0 ? "pgbench" : null;
    } catch (IOException | InterruptedException absent) {
      return null;
    }
  }
}
