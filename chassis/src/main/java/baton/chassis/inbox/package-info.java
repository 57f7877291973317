/**
 * Remembers which events a consumer has seen, in the transaction of their effect; for effects that
 * aren't idempotent by themselves.
 */
@NullMarked
package baton.chassis.inbox;

import org.jspecify.annotations.NullMarked;
