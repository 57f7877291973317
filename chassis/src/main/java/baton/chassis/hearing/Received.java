package baton.chassis.hearing;

import baton.contracts.CloudEvent;
import baton.contracts.Event;
import baton.contracts.Topic;
import io.vertx.pgclient.PgException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came, and what could be made of it: an event, a reason why not, or, for a
 * tombstone, neither.
 */
record Received<E extends Event>(
    ConsumerRecord<String, byte[]> record, @Nullable Heard<E> heard, @Nullable String reason) {

  static <E extends Event> Received<E> of(ConsumerRecord<String, byte[]> record, Class<E> type) {
    if (record.value() == null) {
      return new Received<>(record, null, null);
    }
    try {
      var envelope =
          CloudEvent.read(
              record.topic(),
              name -> {
                var header = record.headers().lastHeader(name);
                return header == null ? null : header.value();
              },
              record.value());
      var event = type.cast(envelope.event());
      if (!event.key().equals(record.key())) {
        return new Received<>(record, null, "the key is not the event's");
      }
      return new Received<>(
          record,
          new Heard<>(
              envelope.id(),
              event,
              envelope.traceparent(),
              Instant.ofEpochMilli(record.timestamp())),
          null);
    } catch (CloudEvent.Unreadable unreadable) {
      return new Received<>(record, null, String.valueOf(unreadable.getMessage()));
    } catch (RuntimeException malformed) {
      return new Received<>(record, null, malformed.getClass().getSimpleName());
    }
  }

  /** What it must keep its place among, or null. */
  @Nullable Key key() {
    return record.key() == null ? null : new Key(record.topic(), record.key());
  }

  /** A tombstone on a topic that keeps the latest record per key: what came before it is void. */
  boolean endsItsKey() {
    return record.value() == null
        && record.key() != null
        && Topic.named(record.topic())
            .filter(topic -> topic.kept() == Topic.Kept.LATEST_PER_KEY)
            .isPresent();
  }

  /** The failure's message may quote personal data; its kind doesn't. */
  Received<E> refused(Throwable failure) {
    return new Received<>(record, null, why(failure));
  }

  static String why(Throwable failure) {
    return "its effect failed: " + kind(failure);
  }

  Received<E> behind() {
    return new Received<>(record, null, "behind an earlier record of its key");
  }

  private static String kind(Throwable failure) {
    return failure instanceof PgException database
        ? "SQLSTATE " + database.getSqlState()
        : failure.getClass().getSimpleName();
  }
}
