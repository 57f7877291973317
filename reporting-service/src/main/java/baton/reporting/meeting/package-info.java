/**
 * The meeting of both sides: what it has before it about a week, what it decided and who was there.
 * It counts nothing: numbers come from the reports as these answer them, and from what sales said
 * on the topics. What a number means and what a charter says stands elsewhere.
 */
@NullMarked
package baton.reporting.meeting;

import org.jspecify.annotations.NullMarked;
