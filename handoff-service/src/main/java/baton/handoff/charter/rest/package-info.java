/** Proposing, reading, comparing and signing charters over HTTP. */
@NullMarked
package baton.handoff.charter.rest;

import org.jspecify.annotations.NullMarked;
