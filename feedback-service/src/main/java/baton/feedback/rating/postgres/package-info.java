/** Keeps feedback in PostgreSQL. */
@NullMarked
package baton.feedback.rating.postgres;

import org.jspecify.annotations.NullMarked;
