/** The journeys that are learned from, out of PostgreSQL. */
@NullMarked
package baton.reporting.calibration.postgres;

import org.jspecify.annotations.NullMarked;
