package baton.bench;

import baton.infrastructure.KafkaProcess;
import baton.infrastructure.Ports;
import baton.infrastructure.PostgresProcess;
import baton.infrastructure.Topics;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A PostgreSQL with fsync on and a Kafka, for one benchmark. */
final class Servers implements AutoCloseable {
  static final String USER = "baton";
  static final String PASSWORD = "baton";
  private static final String DATABASE = "bench";
  private static final int PARTITIONS = 4;

  private final PostgresProcess.Settings settings;
  private final KafkaProcess kafka;
  private PostgresProcess postgres;

  private Servers(PostgresProcess.Settings settings, PostgresProcess postgres, KafkaProcess kafka) {
    this.settings = settings;
    this.postgres = postgres;
    this.kafka = kafka;
  }

  static Servers start(Path folder) {
    var settings =
        new PostgresProcess.Settings(
            folder.resolve("postgres"),
            folder.resolve("postgres.log"),
            Ports.free(),
            USER,
            PASSWORD,
            true,
            false);
    var postgres = PostgresProcess.start(settings);
    var kafka =
        KafkaProcess.start(
            new KafkaProcess.Settings(
                folder.resolve("kafka"),
                folder.resolve("kafka.log"),
                Ports.free(),
                Ports.free(),
                "512m",
                false));
    postgres.createDatabase(DATABASE);
    new Topics(kafka.bootstrapServers()).create(PARTITIONS);
    return new Servers(settings, postgres, kafka);
  }

  /** Lets PostgreSQL's log be read by who follows changes. */
  void followChanges() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET wal_level = logical");
    }
    postgres.stop();
    postgres = PostgresProcess.start(settings);
  }

  Connection connect() throws SQLException {
    return postgres.connect(DATABASE);
  }

  int postgresPort() {
    return settings.port();
  }

  String database() {
    return DATABASE;
  }

  String uri() {
    return "postgresql://127.0.0.1:" + settings.port() + "/" + DATABASE;
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  @Override
  public void close() {
    kafka.close();
    postgres.close();
  }
}
