package baton.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.contracts.Event;
import baton.contracts.Json;
import baton.contracts.Topic;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Puts events on their topics; all are there when it is closed. */
final class Filling implements AutoCloseable {
  private final KafkaProducer<String, byte[]> producer;
  private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();

  Filling(String bootstrapServers) {
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "compression.type",
                "lz4",
                "linger.ms",
                20,
                "batch.size",
                256 << 10),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** A whole history; how many records that made. */
  static long tell(String bootstrapServers, History history) {
    var records = new AtomicLong();
    try (var filling = new Filling(bootstrapServers)) {
      history.tell(
          life -> {
            life.forEach(filling::send);
            records.addAndGet(life.size());
          });
    }
    return records.get();
  }

  void send(Event event) {
    var topic = Topic.of(event);
    var record =
        new ProducerRecord<String, byte[]>(topic.topicName(), event.key(), Json.bytes(event));
    record.headers().add("ce_type", topic.type().getBytes(UTF_8));
    producer.send(record, (_, why) -> failed.compareAndSet(null, why));
  }

  @Override
  public void close() {
    producer.close();
    if (failed.get() != null) {
      throw new IllegalStateException("the topics could not be filled", failed.get());
    }
  }
}
