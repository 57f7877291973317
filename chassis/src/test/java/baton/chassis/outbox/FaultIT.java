package baton.chassis.outbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import baton.infrastructure.KafkaProcess;
import baton.infrastructure.Ports;
import baton.infrastructure.PostgresProcess;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a PostgreSQL and a Kafka of its own go through while a relay runs between them. */
class FaultIT {
  @TempDir Path folder;

  @Test
  void killed_servers_delay_events_but_lose_and_reorder_none() throws Exception {
    var postgresSettings =
        new PostgresProcess.Settings(
            folder.resolve("postgres"),
            folder.resolve("postgres.log"),
            Ports.free(),
            "baton",
            "secret",
            true,
            true);
    var kafkaSettings =
        new KafkaProcess.Settings(
            folder.resolve("kafka"),
            folder.resolve("kafka.log"),
            Ports.free(),
            Ports.free(),
            "256m",
            true);
    var leads = Stage.leads(6);
    PostgresProcess postgres = null;
    KafkaProcess kafka = null;
    try {
      postgres = PostgresProcess.start(postgresSettings);
      kafka = KafkaProcess.start(kafkaSettings);
      postgres.createDatabase("fault");
      Stage.createTopics(kafka.bootstrapServers());
      try (var stage =
              new Stage(postgres.jdbcUrl("fault"), "baton", "secret", kafka.bootstrapServers());
          var relay = new Relay(stage.settings(25))) {
        relay.start();
        stage.append(100, leads, 1);

        kafka.kill();
        stage.append(100, leads, 2);
        assertThat(stage.waiting()).isPositive();
        kafka = KafkaProcess.start(kafkaSettings);
        await().atMost(90, SECONDS).until(() -> stage.waiting() == 0);

        var appending =
            CompletableFuture.runAsync(
                () -> stage.append(300, leads, 3), task -> Thread.ofPlatform().start(task));
        postgres.kill();
        postgres = PostgresProcess.start(postgresSettings);
        appending.get(240, SECONDS);
        await().atMost(90, SECONDS).ignoreExceptions().until(() -> stage.waiting() == 0);

        stage.assertNothingLostNorReordered();
      }
    } finally {
      if (kafka != null) {
        kafka.close();
      }
      if (postgres != null) {
        postgres.close();
      }
    }
  }
}
