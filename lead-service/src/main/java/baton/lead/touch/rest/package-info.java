/** Touches over REST, one or a stream of them. */
@NullMarked
package baton.lead.touch.rest;

import org.jspecify.annotations.NullMarked;
