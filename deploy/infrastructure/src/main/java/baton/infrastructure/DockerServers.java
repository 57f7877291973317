package baton.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** PostgreSQL and Kafka as containers; the images can be replaced by ones of the same shape. */
final class DockerServers {
  private static final String POSTGRES = "postgres:18";
  private static final String KAFKA = "apache/kafka:4.2.1";

  private DockerServers() {}

  @SuppressWarnings("resource") // they live as long as the JVM
  static Servers start() {
    var postgres =
        new PostgreSQLContainer(image("BATON_TEST_POSTGRES_IMAGE", POSTGRES, "postgres"))
            .withUsername("baton")
            .withPassword("baton")
            .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
    var kafka = new KafkaContainer(image("BATON_TEST_KAFKA_IMAGE", KAFKA, "apache/kafka"));
    kafka
        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
        .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "4")
        .withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "4")
        .withEnv("KAFKA_HEAP_OPTS", "-Xms128m -Xmx256m");
    Startables.deepStart(Stream.of(postgres, kafka)).join();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  postgres.stop();
                  kafka.stop();
                }));
    try {
      return new Servers(
          postgres.getHost() + ":" + postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
          postgres.getUsername(),
          postgres.getPassword(),
          kafka.getBootstrapServers().replaceFirst(".*://", ""),
          Files.createTempDirectory("baton-test-keys"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static DockerImageName image(String variable, String otherwise, String like) {
    var configured = System.getenv(variable);
    return DockerImageName.parse(
            configured == null || configured.isBlank() ? otherwise : configured)
        .asCompatibleSubstituteFor(like);
  }
}
