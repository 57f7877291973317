/** That turns are dealt fairly at every moment. */
@NullMarked
package baton.handoff.routing;

import org.jspecify.annotations.NullMarked;
