/** Sellers over HTTP. */
@NullMarked
package baton.handoff.seller.rest;

import org.jspecify.annotations.NullMarked;
