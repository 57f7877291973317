/** Hears what sales says for the meeting: objections, wishes for material, and disputes of both. */
@NullMarked
package baton.reporting.meeting.kafka;

import org.jspecify.annotations.NullMarked;
