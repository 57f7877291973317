/** Pure decisions, without PostgreSQL or Kafka. */
@NullMarked
package baton.feedback.outcome;

import org.jspecify.annotations.NullMarked;
