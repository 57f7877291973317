/** What a signature makes of a charter. */
@NullMarked
package baton.handoff.charter;

import org.jspecify.annotations.NullMarked;
