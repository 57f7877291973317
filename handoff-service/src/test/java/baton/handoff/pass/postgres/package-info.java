/** Adapters that break the rules. */
@NullMarked
package baton.handoff.pass.postgres;

import org.jspecify.annotations.NullMarked;
