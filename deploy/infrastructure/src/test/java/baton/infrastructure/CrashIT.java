package baton.infrastructure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Topic;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashIT {
  private static final int MANY = 500;

  @TempDir Path folder;

  @Test
  void a_killed_postgresql_comes_back_with_every_committed_row() throws Exception {
    var settings =
        new PostgresProcess.Settings(
            folder.resolve("postgres"),
            folder.resolve("postgres.log"),
            Ports.free(),
            "baton",
            "secret",
            true,
            true);
    try (var server = PostgresProcess.start(settings)) {
      server.createDatabase("lead");
      try (var connection = server.connect("lead");
          var statement = connection.createStatement()) {
        statement.execute("CREATE TABLE fact (id int PRIMARY KEY)");
        for (var id = 0; id < MANY; id++) {
          statement.execute("INSERT INTO fact VALUES (" + id + ")");
        }
        connection.setAutoCommit(false);
        statement.execute("INSERT INTO fact VALUES (" + MANY + ")");

        server.kill();
      } catch (java.sql.SQLException closingADeadConnection) {
        assertThat(server.alive()).isFalse();
      }
    }

    try (var server = PostgresProcess.start(settings);
        var connection = server.connect("lead");
        var count =
            connection.createStatement().executeQuery("SELECT count(*), max(id) FROM fact")) {
      count.next();
      assertThat(count.getInt(1)).isEqualTo(MANY);
      assertThat(count.getInt(2)).isEqualTo(MANY - 1);
      assertThat(PostgresProcess.running(settings).orElseThrow().pid()).isEqualTo(server.pid());
    }
    assertThat(PostgresProcess.running(settings)).isEmpty();
  }

  @Test
  void a_killed_kafka_comes_back_with_every_acknowledged_record() throws Exception {
    var settings =
        new KafkaProcess.Settings(
            folder.resolve("kafka"),
            folder.resolve("kafka.log"),
            Ports.free(),
            Ports.free(),
            "256m",
            true);
    try (var broker = KafkaProcess.start(settings)) {
      new Topics(broker.bootstrapServers()).create(4);
      try (var producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
              new StringSerializer(),
              new ByteArraySerializer())) {
        for (var i = 0; i < MANY; i++) {
          producer.send(
              new ProducerRecord<>(
                  Topic.LEAD_CAPTURED.topicName(),
                  "lead-" + i,
                  Integer.toString(i).getBytes(UTF_8)));
        }
        producer.flush();

        broker.kill();
      }
    }

    try (var broker = KafkaProcess.start(settings)) {
      assertThat(new Topics(broker.bootstrapServers()).read(Topic.LEAD_CAPTURED.topicName()))
          .hasSize(MANY);
      assertThat(KafkaProcess.running(settings).orElseThrow().pid()).isEqualTo(broker.pid());
    }
    assertThat(KafkaProcess.running(settings)).isEmpty();
  }
}
