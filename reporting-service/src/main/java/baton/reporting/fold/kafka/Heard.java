package baton.reporting.fold.kafka;

import baton.contracts.CloudEvent;
import baton.contracts.Event;
import baton.contracts.Json;
import baton.contracts.LeadEvent;
import baton.contracts.LeadOutcome;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import baton.contracts.Topic;
import baton.reporting.fold.Batch.Parked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.jspecify.annotations.Nullable;

/** What a record turns out to say. */
sealed interface Heard {
  /** Something about a lead. */
  record About(UUID lead, Event event) implements Heard {}

  /** Something about no lead: a promise for a period. It belongs to no journey. */
  record Aside(Event event) implements Heard {}

  /** Nothing that can be told. */
  record Noise(Parked parked) implements Heard {}

  int MOST_DIGITS = 40;

  Map<Topic, byte[]> TYPES =
      Arrays.stream(Topic.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  Function.identity(), topic -> topic.type().getBytes(StandardCharsets.UTF_8)));

  /**
   * @param partitions how many the topic has
   */
  static Heard of(ConsumerRecord<byte[], byte[]> record, int partitions) {
    try {
      var event = event(record);
      var lead = lead(event);
      if (lead == null) {
        return new Aside(event);
      }
      check(record, partitions, event, lead);
      return new About(lead, event);
    } catch (CloudEvent.Unreadable unreadable) {
      return noise(record, String.valueOf(unreadable.getMessage()));
    } catch (IOException | RuntimeException wrong) {
      return noise(record, "the value is not its event: " + wrong.getClass().getSimpleName());
    }
  }

  static Noise noise(ConsumerRecord<byte[], byte[]> record, String why) {
    var names = new ArrayList<String>();
    var values = new ArrayList<byte[]>();
    for (var header : record.headers()) {
      names.add(header.key().replace('\0', '\uFFFD'));
      values.add(header.value() == null ? new byte[0] : header.value());
    }
    var key = record.key();
    return new Noise(
        new Parked(
            record.topic(),
            record.partition(),
            record.offset(),
            key == null ? null : new String(key, StandardCharsets.UTF_8).replace('\0', '\uFFFD'),
            Instant.ofEpochMilli(record.timestamp()),
            names,
            values,
            record.value(),
            why));
  }

  /** Only what the fold needs of the envelope: which event this is, in which shape. */
  private static Event event(ConsumerRecord<byte[], byte[]> record)
      throws CloudEvent.Unreadable, IOException {
    var topic = Topic.named(record.topic()).orElseThrow();
    var type = record.headers().lastHeader("ce_type");
    if (type == null || !Arrays.equals(type.value(), TYPES.get(topic))) {
      throw new CloudEvent.Unreadable("it is not a " + topic.type());
    }
    if (record.value() == null) {
      throw new CloudEvent.Unreadable("a tombstone on " + record.topic() + " carries no event");
    }
    return Json.mapper().readValue(record.value(), topic.event());
  }

  private static @Nullable UUID lead(Event event) {
    return switch (event) {
      case LeadEvent about -> about.leadId();
      case SlaMet met -> met.leadId();
      case SlaBreach breach -> breach.leadId();
      default -> null;
    };
  }

  /** A lead's events must all be where its others are, and its numbers of a size to add up. */
  private static void check(
      ConsumerRecord<byte[], byte[]> record, int partitions, Event event, UUID lead)
      throws CloudEvent.Unreadable {
    var key = lead.toString().getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(key, record.key())) {
      throw new CloudEvent.Unreadable("the key is not the lead's id");
    }
    if (BuiltInPartitioner.partitionForKey(key, partitions) != record.partition()) {
      throw new CloudEvent.Unreadable("the partition is not the lead's");
    }
    if (event.occurredAt() == null) {
      throw new CloudEvent.Unreadable("it doesn't say when it happened");
    }
    if (event instanceof LeadOutcome(_, _, _, _, _, _, _, var amount, _, _, _, _, _)
        && amount != null
        && (amount.amount().precision() > MOST_DIGITS
            || Math.abs(amount.amount().scale()) > MOST_DIGITS)) {
      throw new CloudEvent.Unreadable("the amount is beyond all measure");
    }
  }

  /** Every topic about leads, but that with personal data. */
  static List<String> topics() {
    return Arrays.stream(Topic.values())
        .filter(
            topic ->
                topic != Topic.LEAD_CONTACT
                    && (LeadEvent.class.isAssignableFrom(topic.event())
                        || topic == Topic.SLA_MET
                        || topic == Topic.SLA_BREACH))
        .map(Topic::topicName)
        .toList();
  }
}
