/** Holds the course of clocks to what the charter says. */
@NullMarked
package baton.handoff.clock;

import org.jspecify.annotations.NullMarked;
