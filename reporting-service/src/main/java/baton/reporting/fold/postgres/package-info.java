/** Journeys, cells and offsets in PostgreSQL. */
@NullMarked
package baton.reporting.fold.postgres;

import org.jspecify.annotations.NullMarked;
