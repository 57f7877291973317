/** Reads working time from the charters that this instance knows. */
@NullMarked
package baton.reporting.journey.charters;

import org.jspecify.annotations.NullMarked;
