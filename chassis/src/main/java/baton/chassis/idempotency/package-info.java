/** One effect and one answer per Idempotency-Key, kept in the effect's own transaction. */
@NullMarked
package baton.chassis.idempotency;

import org.jspecify.annotations.NullMarked;
