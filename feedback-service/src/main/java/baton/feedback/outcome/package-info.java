/**
 * What became of leads, as sales tells it: kept, corrected, taken back, and published as soon as
 * the lead is known. Counts nothing; that is reporting's.
 */
@NullMarked
package baton.feedback.outcome;

import org.jspecify.annotations.NullMarked;
