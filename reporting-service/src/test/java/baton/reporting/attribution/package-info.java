/** Deals shared out by hand, by plain sums over real journeys, and at random. */
@NullMarked
package baton.reporting.attribution;

import org.jspecify.annotations.NullMarked;
