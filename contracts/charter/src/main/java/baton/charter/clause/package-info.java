/**
 * Judging by a clause: from facts that somebody else gathered to kept, broken or not judged, with
 * the lines that let a person follow it. Every answer is a function of its arguments: who keeps the
 * clocks durable, and makes sure that each is judged once and by the database's clock, stands
 * outside.
 */
@NullMarked
package baton.charter.clause;

import org.jspecify.annotations.NullMarked;
