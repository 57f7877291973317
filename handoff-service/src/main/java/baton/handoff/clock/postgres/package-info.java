/** Clocks in PostgreSQL, by whose time they are judged. */
@NullMarked
package baton.handoff.clock.postgres;

import org.jspecify.annotations.NullMarked;
