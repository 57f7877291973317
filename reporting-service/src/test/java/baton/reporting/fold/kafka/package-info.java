/** The fold's threads on real Kafka and PostgreSQL. */
@NullMarked
package baton.reporting.fold.kafka;

import org.jspecify.annotations.NullMarked;
