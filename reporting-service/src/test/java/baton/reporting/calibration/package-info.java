/** What is learned from outcomes, against what was computed by hand and on real leads. */
@NullMarked
package baton.reporting.calibration;

import org.jspecify.annotations.NullMarked;
