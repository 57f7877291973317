/** Breaches in PostgreSQL. */
@NullMarked
package baton.handoff.breach.postgres;

import org.jspecify.annotations.NullMarked;
