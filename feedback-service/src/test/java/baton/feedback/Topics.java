package baton.feedback;

import baton.contracts.CloudEvent;
import baton.contracts.Event;
import baton.contracts.ExternalId;
import baton.contracts.HandoffStep;
import baton.contracts.Json;
import baton.contracts.LeadCaptured;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadQualified;
import baton.contracts.LeadUpdated;
import baton.contracts.Topic;
import baton.infrastructure.Infrastructure;
import baton.infrastructure.telling.Captured;
import baton.infrastructure.telling.Qualified;
import baton.infrastructure.telling.Stepped;
import baton.infrastructure.telling.Updated;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** What the other services say, and what this one says back. */
final class Topics implements AutoCloseable {
  private final Infrastructure infrastructure;
  private final KafkaProducer<String, byte[]> producer;

  Topics(Infrastructure infrastructure) {
    this.infrastructure = infrastructure;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", infrastructure.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  void say(Event event) {
    var topic = Topic.of(event);
    var envelope =
        new CloudEvent(
            UuidCreator.getTimeOrderedEpoch(),
            topic,
            "/lead-service",
            event.occurredAt(),
            event.key(),
            1,
            null,
            Json.bytes(event));
    var record = new ProducerRecord<>(topic.topicName(), event.key(), envelope.data());
    envelope.headers().forEach(record.headers()::add);
    producer.send(record);
    producer.flush();
  }

  /** What stands on a topic about a lead. */
  <E extends Event> List<E> about(UUID leadId, Class<E> type) {
    return infrastructure.read(Topic.of(type)).stream()
        .filter(record -> record.key().equals(leadId.toString()))
        .map(
            record -> {
              try {
                return type.cast(
                    CloudEvent.read(
                            record.topic(),
                            name -> value(record.headers().lastHeader(name)),
                            record.value())
                        .event());
              } catch (CloudEvent.Unreadable unreadable) {
                throw new AssertionError(unreadable);
              }
            })
        .toList();
  }

  private static byte @Nullable [] value(@Nullable Header header) {
    return header == null ? null : header.value();
  }

  static LeadCaptured captured(UUID leadId, Instant at, ExternalId... externalIds) {
    return Captured.of(leadId, at).knownAs(externalIds).told();
  }

  static LeadUpdated updated(UUID leadId, Instant at, ExternalId... externalIds) {
    return Updated.of(leadId, at).knownAs(externalIds).told();
  }

  static LeadQualified qualified(UUID leadId, Instant at, UUID passId) {
    return Qualified.of(leadId, at, passId).told();
  }

  static LeadHandoff offered(
      UUID leadId, Instant at, UUID handoffId, UUID passId, String sellerId) {
    return Stepped.of(leadId, handoffId, passId)
        .with(sellerId)
        .routed("lowest load")
        .to(HandoffStep.OFFERED, at);
  }

  @Override
  public void close() {
    producer.close();
  }
}
