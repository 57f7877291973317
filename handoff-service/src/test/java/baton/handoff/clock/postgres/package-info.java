/** Holds what is known of charters and sellers to whom it was said of. */
@NullMarked
package baton.handoff.clock.postgres;

import org.jspecify.annotations.NullMarked;
