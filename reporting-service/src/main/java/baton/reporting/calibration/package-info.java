/**
 * What the outcomes say the scoring should be: fits on earlier leads, measures on later ones beside
 * the scores that leads were given, and makes readable points of it. It proposes and changes
 * nothing; that journeys are read, and the draft is written as a charter, is done at the edges.
 */
@NullMarked
package baton.reporting.calibration;

import org.jspecify.annotations.NullMarked;
