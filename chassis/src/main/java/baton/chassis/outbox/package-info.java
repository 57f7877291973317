/**
 * The transactional outbox: events appended in the caller's transaction, and the one relay per
 * database that brings them to Kafka in each key's commit order. It knows nothing of what the
 * events say.
 */
@NullMarked
package baton.chassis.outbox;

import org.jspecify.annotations.NullMarked;
