package baton.infrastructure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import baton.contracts.Topic;
import java.sql.DriverManager;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class InfrastructureIT {

  @Test
  void a_new_database_is_empty_and_nobody_elses() throws Exception {
    var infrastructure = Infrastructure.shared();

    var first = infrastructure.newDatabase("lead-service");
    var second = infrastructure.newDatabase("lead-service");

    assertThat(first).isNotEqualTo(second);
    try (var connection =
            DriverManager.getConnection(first, infrastructure.user(), infrastructure.password());
        var tables =
            connection
                .createStatement()
                .executeQuery("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) {
      tables.next();
      assertThat(tables.getInt(1)).isZero();
    }
  }

  @Test
  void what_is_sent_to_a_topic_is_read_until_the_topics_are_reset() throws Exception {
    var infrastructure = Infrastructure.shared();
    infrastructure.resetTopics(4);

    send(infrastructure.bootstrapServers(), "ada", "hello");

    assertThat(infrastructure.read(Topic.LEAD_CAPTURED))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.key()).isEqualTo("ada");
              assertThat(record.value()).isEqualTo("hello".getBytes(UTF_8));
            });
    infrastructure.resetTopics(4);
    assertThat(infrastructure.read(Topic.LEAD_CAPTURED)).isEmpty();
  }

  private static void send(String bootstrapServers, String key, String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(Topic.LEAD_CAPTURED.topicName(), key, value.getBytes(UTF_8)))
          .get();
    }
  }
}
