/** A small service that shows the edge every service has. */
@NullMarked
package baton.chassis.edge;

import org.jspecify.annotations.NullMarked;
