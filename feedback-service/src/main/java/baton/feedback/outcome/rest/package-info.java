/** Outcomes over REST: one, a stream of them, and what is kept. */
@NullMarked
package baton.feedback.outcome.rest;

import org.jspecify.annotations.NullMarked;
