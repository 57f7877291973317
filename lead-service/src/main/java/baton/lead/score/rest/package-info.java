/** A lead's score over REST. */
@NullMarked
package baton.lead.score.rest;

import org.jspecify.annotations.NullMarked;
