/**
 * Business time: a calendar's open hours, and how far an amount of them reaches. Every answer is an
 * instant or an elapsed duration; a time of day means what the clock on the wall of the calendar's
 * zone shows, so a missing hour is never counted and a repeated hour counts twice. It knows nothing
 * of clauses, and reads no clock.
 */
@NullMarked
package baton.charter.time;

import org.jspecify.annotations.NullMarked;
