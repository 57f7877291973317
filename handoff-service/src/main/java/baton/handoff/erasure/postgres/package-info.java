/** Erasing in PostgreSQL. */
@NullMarked
package baton.handoff.erasure.postgres;

import org.jspecify.annotations.NullMarked;
