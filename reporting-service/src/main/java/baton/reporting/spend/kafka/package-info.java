/** Hears what campaigns cost. */
@NullMarked
package baton.reporting.spend.kafka;

import org.jspecify.annotations.NullMarked;
