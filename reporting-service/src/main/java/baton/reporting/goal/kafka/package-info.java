/** Hears of material that was delivered. */
@NullMarked
package baton.reporting.goal.kafka;

import org.jspecify.annotations.NullMarked;
