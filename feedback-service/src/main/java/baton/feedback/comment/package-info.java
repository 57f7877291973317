/**
 * The thread in which both sides write about a lead. What is written is for those two only: it
 * stays here and is never published.
 */
@NullMarked
package baton.feedback.comment;

import org.jspecify.annotations.NullMarked;
