/** The roster and its rotation in PostgreSQL. */
@NullMarked
package baton.handoff.routing.postgres;

import org.jspecify.annotations.NullMarked;
