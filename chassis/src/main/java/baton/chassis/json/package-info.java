/** How answers read as JSON, and what is kept; and what a body is said to be. */
@NullMarked
package baton.chassis.json;

import org.jspecify.annotations.NullMarked;
