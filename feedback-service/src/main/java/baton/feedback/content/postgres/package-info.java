/** Keeps content requests in PostgreSQL. */
@NullMarked
package baton.feedback.content.postgres;

import org.jspecify.annotations.NullMarked;
