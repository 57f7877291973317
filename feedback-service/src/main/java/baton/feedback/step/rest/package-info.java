/** Sales steps over REST: one, a stream of them, and what is kept. */
@NullMarked
package baton.feedback.step.rest;

import org.jspecify.annotations.NullMarked;
