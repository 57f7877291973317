/** Breaches as both sides read and settle them. */
@NullMarked
package baton.handoff.breach.rest;

import org.jspecify.annotations.NullMarked;
