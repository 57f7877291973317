/** Keeps outcomes in PostgreSQL, a whole batch in a handful of statements. */
@NullMarked
package baton.feedback.outcome.postgres;

import org.jspecify.annotations.NullMarked;
