/** Reads journeys from the generation that reports are read from. */
@NullMarked
package baton.reporting.journey.postgres;

import org.jspecify.annotations.NullMarked;
