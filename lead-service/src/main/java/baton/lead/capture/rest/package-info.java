/** Capture over REST, one lead or a stream of them. */
@NullMarked
package baton.lead.capture.rest;

import org.jspecify.annotations.NullMarked;
