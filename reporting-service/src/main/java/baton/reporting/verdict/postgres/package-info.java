/** Verdicts counted, read from PostgreSQL. */
@NullMarked
package baton.reporting.verdict.postgres;

import org.jspecify.annotations.NullMarked;
