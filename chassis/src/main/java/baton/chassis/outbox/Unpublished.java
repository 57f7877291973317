package baton.chassis.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A committed event that is not yet known to be on Kafka. */
record Unpublished(
    long id,
    UUID eventId,
    String topic,
    String key,
    long sequence,
    Instant occurredAt,
    @Nullable String traceparent,
    byte @Nullable [] payload) {}
