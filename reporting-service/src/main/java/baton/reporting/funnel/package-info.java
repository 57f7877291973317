/**
 * What a journey counts for, and the funnel that the counts of all journeys add up to. Decides what
 * every number means; keeps none: the cells are kept by {@code fold}, and read by this package's
 * adapters.
 */
@NullMarked
package baton.reporting.funnel;

import org.jspecify.annotations.NullMarked;
