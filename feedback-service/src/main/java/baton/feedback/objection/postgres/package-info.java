/** Counts objections where they are kept. */
@NullMarked
package baton.feedback.objection.postgres;

import org.jspecify.annotations.NullMarked;
