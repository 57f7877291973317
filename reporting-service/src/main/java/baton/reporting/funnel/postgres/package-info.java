/** Adds up the cells in PostgreSQL. */
@NullMarked
package baton.reporting.funnel.postgres;

import org.jspecify.annotations.NullMarked;
