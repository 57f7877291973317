/** What handoff-service promises, told through real PostgreSQL and Kafka. */
@NullMarked
package baton.handoff;

import org.jspecify.annotations.NullMarked;
