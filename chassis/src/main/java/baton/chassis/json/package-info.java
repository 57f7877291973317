/** How answers read as JSON. */
@NullMarked
package baton.chassis.json;

import org.jspecify.annotations.NullMarked;
