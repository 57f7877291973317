/** What was told of leads beyond what journeys keep, read from the topics' beginning. */
@NullMarked
package baton.reporting.calibration.kafka;

import org.jspecify.annotations.NullMarked;
