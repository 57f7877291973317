/** Merges over REST. */
@NullMarked
package baton.lead.merge.rest;

import org.jspecify.annotations.NullMarked;
