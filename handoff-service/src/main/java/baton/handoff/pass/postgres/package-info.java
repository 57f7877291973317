/** Handoffs, their steps and how their deals stand, in PostgreSQL. */
@NullMarked
package baton.handoff.pass.postgres;

import org.jspecify.annotations.NullMarked;
