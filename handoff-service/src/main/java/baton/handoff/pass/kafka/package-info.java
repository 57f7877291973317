/** Hears which leads are qualified and which deals have ended, and what sales says. */
@NullMarked
package baton.handoff.pass.kafka;

import org.jspecify.annotations.NullMarked;
