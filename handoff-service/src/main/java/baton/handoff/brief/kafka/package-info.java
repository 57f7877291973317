/** Hears what campaigns say. */
@NullMarked
package baton.handoff.brief.kafka;

import org.jspecify.annotations.NullMarked;
