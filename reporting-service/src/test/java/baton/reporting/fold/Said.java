package baton.reporting.fold;

import baton.contracts.CloudEvent;
import baton.contracts.Event;
import baton.contracts.Json;
import baton.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Says events on their topics, as the services do. */
public final class Said implements AutoCloseable {
  private final KafkaProducer<String, byte[]> producer;
  private long sequence;

  public Said(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "5"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  public Future<?> say(Event event) {
    var topic = Topic.of(event);
    var record =
        new ProducerRecord<String, byte[]>(topic.topicName(), event.key(), Json.bytes(event));
    var id = UUID.nameUUIDFromBytes(Long.toString(++sequence).getBytes(StandardCharsets.UTF_8));
    new CloudEvent(id, topic, "/test", event.occurredAt(), event.key(), sequence, null, null)
        .headers()
        .forEach(record.headers()::add);
    return producer.send(record);
  }

  /** Something that is none of our events, under this key. */
  public void mumble(Topic topic, String key, byte[] value)
      throws ExecutionException, InterruptedException {
    producer.send(new ProducerRecord<>(topic.topicName(), key, value)).get();
  }

  public void heard() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
