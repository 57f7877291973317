package baton.chassis.outbox;

import baton.contracts.CloudEvent;
import baton.contracts.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes batches as CloudEvents, each in one Kafka transaction; payloads pass as they are. */
final class Kafka implements Broker {
  private final String source;
  private final KafkaProducer<String, byte[]> producer;

  Kafka(String service, Map<String, Object> settings) {
    source = "/" + service;
    producer =
        new KafkaProducer<>(
            configuration(service, settings), new StringSerializer(), new ByteArraySerializer());
  }

  static Map<String, Object> configuration(String service, Map<String, Object> settings) {
    var all = new HashMap<String, Object>();
    all.put(ProducerConfig.CLIENT_ID_CONFIG, "relay-" + service);
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    all.put(ProducerConfig.LINGER_MS_CONFIG, 50); // the commit flushes; full batches until then
    all.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
    all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 32L << 20);
    all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    all.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 40_000);
    all.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    all.putAll(settings);
    all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "relay-" + service);
    return all;
  }

  @Override
  public void fence() {
    producer.initTransactions();
  }

  @Override
  public void publish(List<Unpublished> batch) {
    producer.beginTransaction();
    for (var event : batch) {
      var _ = producer.send(record(event));
    }
    producer.commitTransaction(); // fails if a single send did
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }

  private ProducerRecord<String, byte[]> record(Unpublished event) {
    var record = new ProducerRecord<>(event.topic(), event.key(), event.payload());
    new CloudEvent(
            event.eventId(),
            Topic.named(event.topic()).orElseThrow(),
            source,
            event.occurredAt(),
            event.key(),
            event.sequence(),
            event.traceparent(),
            event.payload())
        .headers()
        .forEach(record.headers()::add);
    return record;
  }
}
