/** Shows that the servers start, crash and come back with everything that was acknowledged. */
@NullMarked
package baton.infrastructure;

import org.jspecify.annotations.NullMarked;
