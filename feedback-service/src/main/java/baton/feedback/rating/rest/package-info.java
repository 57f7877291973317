/** Feedback over REST. */
@NullMarked
package baton.feedback.rating.rest;

import org.jspecify.annotations.NullMarked;
