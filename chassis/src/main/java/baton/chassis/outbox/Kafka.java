package baton.chassis.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import baton.contracts.CloudEvent;
import baton.contracts.Json;
import baton.contracts.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes batches as CloudEvents, each in one Kafka transaction; payloads pass as they are. */
final class Kafka implements Broker {
  private static final Set<String> OF_ONE_EVENT =
      Set.of("ce_id", "ce_time", "ce_subject", "ce_sequence");

  private final String source;
  private final Map<String, List<Header>> sameForAll = new HashMap<>();
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
    var topic = event.topic();
    var headers = new ArrayList<Header>(10);
    headers.addAll(sameForAll.computeIfAbsent(topic, this::sameForAllOn));
    headers.add(header("ce_id", event.eventId().toString()));
    headers.add(header("ce_time", Json.text(event.occurredAt())));
    headers.add(header("ce_subject", event.key()));
    headers.add(header("ce_sequence", Long.toString(event.sequence())));
    if (event.traceparent() != null) {
      headers.add(header("traceparent", event.traceparent()));
    }
    return new ProducerRecord<>(topic, null, event.key(), event.payload(), headers);
  }

  /** The envelope says which attributes there are; most are the same for all events of a topic. */
  private List<Header> sameForAllOn(String topic) {
    var envelope =
        new CloudEvent(
            new UUID(0, 0),
            Topic.named(topic).orElseThrow(),
            source,
            Instant.EPOCH,
            "",
            0,
            null,
            null);
    return envelope.headers().entrySet().stream()
        .filter(header -> !OF_ONE_EVENT.contains(header.getKey()))
        .<Header>map(header -> new RecordHeader(header.getKey(), header.getValue()))
        .toList();
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }
}
