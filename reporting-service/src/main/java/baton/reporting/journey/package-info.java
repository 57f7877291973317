/**
 * What is known of one lead, as a value that only grows: events may come in any order and any
 * number of times, the journey comes out the same to the byte. Says what a lead's passes are and
 * where they ended; what that counts for stands in {@code funnel}, where it is kept in {@code
 * fold}.
 */
@NullMarked
package baton.reporting.journey;

import org.jspecify.annotations.NullMarked;
