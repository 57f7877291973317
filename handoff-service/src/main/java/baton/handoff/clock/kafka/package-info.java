/** What else starts and stops clocks, as Kafka tells it. */
@NullMarked
package baton.handoff.clock.kafka;

import org.jspecify.annotations.NullMarked;
