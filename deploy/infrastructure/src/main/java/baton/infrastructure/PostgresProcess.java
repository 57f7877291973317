package baton.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A PostgreSQL server as a process of this machine, on one loopback port, with data that survives
 * it. It runs as whoever starts it; started by root it gives up root first, as PostgreSQL demands.
 */
public final class PostgresProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(50);

  /**
   * What to run.
   *
   * @param durable commits are on disk before they are acknowledged; only tests may do without
   * @param detached the server outlives the terminal it was started from
   */
  public record Settings(
      Path data,
      Path log,
      int port,
      String user,
      String password,
      boolean durable,
      boolean detached) {}

  private final Settings settings;
  private final ProcessHandle process;

  private PostgresProcess(Settings settings, ProcessHandle process) {
    this.settings = settings;
    this.process = process;
  }

  /** Makes the data folder when it is new, starts the server and returns when it answers. */
  public static PostgresProcess start(Settings settings) {
    if (!Files.exists(settings.data().resolve("PG_VERSION"))) {
      initialize(settings);
    }
    var deadline = System.nanoTime() + START.toNanos();
    while (true) {
      var started = launch(settings);
      if (answered(settings, started, deadline)) {
        return new PostgresProcess(settings, started.toHandle());
      }
      started.destroyForcibly();
      Processes.ended(started.toHandle(), START);
      if (!heldByTheDying(settings) || System.nanoTime() > deadline) {
        throw new NotStarted("PostgreSQL did not start on port " + settings.port(), settings.log());
      }
      Processes.pause(STEP.multipliedBy(10));
    }
  }

  /** The server that already runs on this data, if one does. */
  public static Optional<PostgresProcess> running(Settings settings) {
    var pidFile = settings.data().resolve("postmaster.pid");
    try {
      if (!Files.exists(pidFile)) {
        return Optional.empty();
      }
      var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(_ -> Ports.answers(settings.port()))
          .map(handle -> new PostgresProcess(settings, handle));
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  public Settings settings() {
    return settings;
  }

  public Path log() {
    return settings.log();
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + Ports.LOOPBACK + ":" + settings.port() + "/" + database;
  }

  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), settings.user(), settings.password());
  }

  /** Makes the database unless it is there. */
  public void createDatabase(String name) {
    try (var connection = connect("postgres")) {
      Databases.create(connection, name);
    } catch (SQLException failed) {
      throw new IllegalStateException("database " + name + " could not be made", failed);
    }
  }

  /**
   * Ends the server in order: open transactions are rolled back, everything committed is written.
   */
  public void stop() {
    Processes.end(process, "INT");
  }

  /** Ends the server as a crash would (kill -9) and returns when its children have noticed. */
  public void kill() {
    Processes.end(process, "KILL");
  }

  @Override
  public void close() {
    stop();
  }

  private static void initialize(Settings settings) {
    try {
      Files.createDirectories(settings.data());
      Files.setPosixFilePermissions(settings.data(), PosixFilePermissions.fromString("rwx------"));
      if (settings.log().getParent() != null) {
        Files.createDirectories(settings.log().getParent());
      }
      var password = Files.createTempFile("baton", "password");
      try {
        Files.writeString(password, settings.password());
        var unprivileged = Unprivileged.here();
        unprivileged.own(settings.data());
        unprivileged.own(password);
        var command =
            unprivileged.command(
                program("initdb"),
                List.of(
                    "--pgdata=" + settings.data().toAbsolutePath(),
                    "--username=" + settings.user(),
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--no-instructions",
                    settings.durable() ? "--sync-method=fsync" : "--no-sync"));
        if (Processes.run(command, Map.of("LC_ALL", "C"), settings.log()) != 0) {
          throw new NotStarted("PostgreSQL could not make its data folder", settings.log());
        }
      } finally {
        Files.deleteIfExists(password);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Process launch(Settings settings) {
    var arguments =
        new ArrayList<>(
            List.of(
                "-D",
                settings.data().toAbsolutePath().toString(),
                "-p",
                Integer.toString(settings.port())));
    var options =
        Map.ofEntries(
            Map.entry("listen_addresses", Ports.LOOPBACK),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "200"),
            Map.entry("shared_buffers", "128MB"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("wal_compression", "on"),
            Map.entry("log_line_prefix", "%m [%p] "),
            Map.entry("log_min_error_statement", "panic"),
            Map.entry("log_error_verbosity", "terse"),
            Map.entry("timezone", "UTC"),
            Map.entry("fsync", settings.durable() ? "on" : "off"),
            Map.entry("synchronous_commit", settings.durable() ? "on" : "off"),
            Map.entry("full_page_writes", settings.durable() ? "on" : "off"));
    options.forEach(
        (name, value) -> {
          arguments.add("-c");
          arguments.add(name + "=" + value);
        });
    var command = Unprivileged.here().command(program("postgres"), arguments);
    return Processes.start(command, Map.of("LC_ALL", "C"), settings.log(), settings.detached());
  }

  private static boolean answered(Settings settings, Process started, long deadline) {
    while (started.isAlive() && System.nanoTime() < deadline) {
      if (Ports.answers(settings.port()) && takesStatements(settings)) {
        return started.isAlive();
      }
      Processes.pause(STEP);
    }
    return false;
  }

  private static boolean takesStatements(Settings settings) {
    var url = "jdbc:postgresql://" + Ports.LOOPBACK + ":" + settings.port() + "/postgres";
    try (var connection = DriverManager.getConnection(url, settings.user(), settings.password());
        var statement = connection.createStatement()) {
      return statement.execute("SELECT 1");
    } catch (SQLException notYet) {
      return false;
    }
  }

  /** A killed server's children may hold its memory for a moment longer. */
  private static boolean heldByTheDying(Settings settings) {
    var end = NotStarted.end(settings.log());
    return end.contains("is still in use") || end.contains("lock file \"postmaster.pid\"");
  }

  private static String program(String name) {
    return PostgresBinaries.home().resolve("bin").resolve(name).toString();
  }
}
