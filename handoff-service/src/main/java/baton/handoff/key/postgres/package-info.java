/** Minted keys in PostgreSQL. */
@NullMarked
package baton.handoff.key.postgres;

import org.jspecify.annotations.NullMarked;
