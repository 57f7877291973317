/** Journeys made at random, and that they come out the same however they are told. */
@NullMarked
package baton.reporting.journey;

import org.jspecify.annotations.NullMarked;
