package baton.chassis.hearing;

import baton.contracts.Event;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A record as it was parked. */
public record ParkedRecord(
    Place place,
    @Nullable String key,
    Instant recordTime,
    Headers headers,
    byte @Nullable [] value,
    String reason,
    Instant parkedAt) {

  <E extends Event> Received<E> received(Class<E> type) {
    return Received.of(
        new ConsumerRecord<>(
            place.topic(),
            place.partition(),
            place.offset(),
            recordTime.toEpochMilli(),
            TimestampType.CREATE_TIME,
            ConsumerRecord.NULL_SIZE,
            ConsumerRecord.NULL_SIZE,
            key,
            value,
            headers,
            Optional.empty()),
        type);
  }
}
