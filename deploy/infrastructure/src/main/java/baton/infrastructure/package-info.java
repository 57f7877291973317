/**
 * Real PostgreSQL and real Kafka, for a stack on one machine and for tests. {@code PostgresProcess}
 * and {@code KafkaProcess} run them on given loopback ports with data that lasts; {@code
 * Infrastructure} gives tests one of each, from Docker where an engine answers and as processes
 * where none does. It knows the topics by name and nothing of what stands on them.
 */
@NullMarked
package baton.infrastructure;

import org.jspecify.annotations.NullMarked;
