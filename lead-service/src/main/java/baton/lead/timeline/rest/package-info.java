/** The history over REST. */
@NullMarked
package baton.lead.timeline.rest;

import org.jspecify.annotations.NullMarked;
