/** Spend in PostgreSQL. */
@NullMarked
package baton.reporting.spend.postgres;

import org.jspecify.annotations.NullMarked;
