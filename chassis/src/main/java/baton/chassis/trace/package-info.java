/**
 * The W3C trace context of the request or record at hand, carried from HTTP through the outbox to
 * Kafka and into the log. Makes no spans.
 */
@NullMarked
package baton.chassis.trace;

import org.jspecify.annotations.NullMarked;
