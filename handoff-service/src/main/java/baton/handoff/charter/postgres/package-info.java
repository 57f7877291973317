/** Versions of the charter in PostgreSQL. */
@NullMarked
package baton.handoff.charter.postgres;

import org.jspecify.annotations.NullMarked;
