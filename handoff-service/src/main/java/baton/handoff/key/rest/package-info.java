/** Minting, listing and revoking keys over HTTP. */
@NullMarked
package baton.handoff.key.rest;

import org.jspecify.annotations.NullMarked;
