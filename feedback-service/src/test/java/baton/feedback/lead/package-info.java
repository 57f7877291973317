/** Pure decisions, without PostgreSQL or Kafka. */
@NullMarked
package baton.feedback.lead;

import org.jspecify.annotations.NullMarked;
