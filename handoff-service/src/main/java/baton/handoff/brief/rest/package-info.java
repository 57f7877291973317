/** Briefs over HTTP, to read and to print. */
@NullMarked
package baton.handoff.brief.rest;

import org.jspecify.annotations.NullMarked;
