/** Shows that sealed secrets open for their owner alone. */
@NullMarked
package baton.chassis.seal;

import org.jspecify.annotations.NullMarked;
