/**
 * Keeps journeys and cells in step with the topics: what a batch of events changes, and the one
 * transaction in which journeys, cells and offsets move together. What a journey says and counts
 * for is decided elsewhere.
 */
@NullMarked
package baton.reporting.fold;

import org.jspecify.annotations.NullMarked;
