/** Delivered material in PostgreSQL. */
@NullMarked
package baton.reporting.goal.postgres;

import org.jspecify.annotations.NullMarked;
