package baton.bench;

import baton.infrastructure.Ports;
import baton.local.stack.Checkout;
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
import java.util.concurrent.TimeUnit;

/** A service as it is shipped, in a process and on a database of its own. */
final class ServiceProcess implements AutoCloseable {
  /** The same heap and collector for whatever is compared. */
  static final List<String> JVM = List.of("-Xmx1g", "-XX:+UseParallelGC");

  private final Process process;
  private final String uri;

  private ServiceProcess(Process process, String uri) {
    this.process = process;
    this.uri = uri;
  }

  static ServiceProcess start(
      String service, Servers servers, String database, Path folder, Map<String, String> more)
      throws Exception {
    try (var connection = servers.connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
      statement.execute("CHECKPOINT");
    }
    var keys =
        Files.writeString(folder.resolve("keys.json"), "{\"pepper\":\"cGVwcGVy\",\"keys\":[]}");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
    var jar = Checkout.here().root().resolve(service + "/target/quarkus-app/quarkus-run.jar");
    var command = java();
    command.addAll(List.of("-jar", jar.toString()));
    var builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "BATON_DB_URL",
                "postgresql://127.0.0.1:" + servers.postgresPort() + "/" + database,
                "BATON_DB_USER",
                Servers.USER,
                "BATON_DB_PASSWORD",
                Servers.PASSWORD,
                "KAFKA_BOOTSTRAP_SERVERS",
                servers.bootstrapServers(),
                "BATON_KEYS_FILE",
                keys.toString(),
                "BATON_HTTP_PORT",
                Integer.toString(Ports.free())));
    builder.environment().putAll(more);
    var log = folder.resolve(database + ".log").toFile();
    return new ServiceProcess(
        builder.redirectErrorStream(true).redirectOutput(log).start(),
        "postgresql://127.0.0.1:" + servers.postgresPort() + "/" + database);
  }

  static ArrayList<String> java() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    return command;
  }

  /** Of its database. */
  String uri() {
    return uri;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:" + uri, Servers.USER, Servers.PASSWORD);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long cpuNanos() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
