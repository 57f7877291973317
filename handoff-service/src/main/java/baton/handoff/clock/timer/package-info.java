/** Sees to it that due clocks are judged when they are due. */
@NullMarked
package baton.handoff.clock.timer;

import org.jspecify.annotations.NullMarked;
