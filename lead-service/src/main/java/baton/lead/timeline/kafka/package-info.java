/** Hears what this service needs for the history alone. */
@NullMarked
package baton.lead.timeline.kafka;

import org.jspecify.annotations.NullMarked;
