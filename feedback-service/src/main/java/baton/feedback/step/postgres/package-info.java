/** Keeps sales steps in PostgreSQL, a whole batch in a handful of statements. */
@NullMarked
package baton.feedback.step.postgres;

import org.jspecify.annotations.NullMarked;
