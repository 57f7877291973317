/** Looks after handoffs that wait for a seller, and after changes that were told long ago. */
@NullMarked
package baton.handoff.pass.timer;

import org.jspecify.annotations.NullMarked;
