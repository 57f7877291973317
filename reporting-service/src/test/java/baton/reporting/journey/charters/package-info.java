/** Working time as charters have it. */
@NullMarked
package baton.reporting.journey.charters;

import org.jspecify.annotations.NullMarked;
