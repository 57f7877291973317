package baton.chassis.hearing;

import baton.contracts.Event;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was heard.
 *
 * @param eventId the same on every redelivery
 * @param recordTime when Baton learned of it: the Kafka record's timestamp
 */
public record Heard<E extends Event>(
    UUID eventId, E event, @Nullable String traceparent, Instant recordTime) {}
