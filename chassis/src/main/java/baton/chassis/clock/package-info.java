/**
 * What time it is, for whoever must ask, and what is asked time and again; tests hand out a time of
 * their own.
 */
@NullMarked
package baton.chassis.clock;

import org.jspecify.annotations.NullMarked;
