/** What every answer makes of a handoff, and to which pass a fact belongs. */
@NullMarked
package baton.handoff.pass;

import org.jspecify.annotations.NullMarked;
