/** Keeps comments. */
@NullMarked
package baton.feedback.comment.postgres;

import org.jspecify.annotations.NullMarked;
