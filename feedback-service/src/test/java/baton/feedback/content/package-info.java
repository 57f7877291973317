/** Pure decisions, without PostgreSQL or Kafka. */
@NullMarked
package baton.feedback.content;

import org.jspecify.annotations.NullMarked;
