/**
 * How records of a topic become effects: decoded, parked where they can't be read, applied in one
 * transaction per batch. What an effect does stands with the listener.
 */
@NullMarked
package baton.chassis.hearing;

import org.jspecify.annotations.NullMarked;
