/** Looks after handoffs that wait for a seller. */
@NullMarked
package baton.handoff.pass.timer;

import org.jspecify.annotations.NullMarked;
