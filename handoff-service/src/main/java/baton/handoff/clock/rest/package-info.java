/** How marketing's promises of a period stand, to be read. */
@NullMarked
package baton.handoff.clock.rest;

import org.jspecify.annotations.NullMarked;
