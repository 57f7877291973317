/**
 * Promises that were broken: what is known of each, and what the sides make of it afterwards, from
 * dispute to excuse. When one is broken is {@code clock}'s to say.
 */
@NullMarked
package baton.handoff.breach;

import org.jspecify.annotations.NullMarked;
