/** The fold on real Kafka and PostgreSQL. */
@NullMarked
package baton.reporting.fold;

import org.jspecify.annotations.NullMarked;
