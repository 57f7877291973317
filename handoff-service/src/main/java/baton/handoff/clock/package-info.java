/**
 * The clocks of the charter's promises: which run for a handoff, when they are due, and what they
 * come to. Judging by a clause is the charter's own; what is kept, and that each is judged once and
 * by PostgreSQL's clock, is said here. What becomes of a breach afterwards is {@code breach}'s.
 */
@NullMarked
package baton.handoff.clock;

import org.jspecify.annotations.NullMarked;
