/** Pure decisions, without PostgreSQL or Kafka. */
@NullMarked
package baton.feedback.rating;

import org.jspecify.annotations.NullMarked;
