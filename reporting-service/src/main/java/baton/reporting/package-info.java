/**
 * Every number of the funnel, derived from the topics alone: {@code journey} says what is known of
 * a lead, {@code funnel} what that counts for, {@code fold} keeps both in step with Kafka.
 */
@NullMarked
package baton.reporting;

import org.jspecify.annotations.NullMarked;
