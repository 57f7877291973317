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
import baton.contracts.Origin;
import baton.contracts.Profile;
import baton.contracts.Topic;
import baton.infrastructure.Infrastructure;
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
    return new LeadCaptured(
        leadId,
        at,
        0,
        UuidCreator.getTimeOrderedEpoch(),
        "form",
        null,
        null,
        null,
        "Direct",
        null,
        null,
        null,
        null,
        null,
        Origin.INBOUND,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        List.of(),
        List.of(externalIds),
        null);
  }

  static LeadUpdated updated(UUID leadId, Instant at, ExternalId... externalIds) {
    return new LeadUpdated(
        leadId,
        at,
        0,
        2,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        List.of(),
        List.of(externalIds),
        List.of());
  }

  static LeadQualified qualified(UUID leadId, Instant at, UUID passId) {
    return new LeadQualified(
        leadId,
        at,
        0,
        passId,
        "qualified: true",
        null,
        null,
        null,
        null,
        null,
        List.of(),
        new Profile(
            null,
            null,
            "Direct",
            null,
            null,
            null,
            Origin.INBOUND,
            null,
            null,
            null,
            null,
            Map.of()),
        List.of());
  }

  static LeadHandoff offered(
      UUID leadId, Instant at, UUID handoffId, UUID passId, String sellerId) {
    return new LeadHandoff(
        leadId,
        at,
        0,
        handoffId,
        passId,
        1,
        HandoffStep.OFFERED,
        sellerId,
        null,
        null,
        null,
        null,
        List.of(),
        "lowest load");
  }

  @Override
  public void close() {
    producer.close();
  }
}
