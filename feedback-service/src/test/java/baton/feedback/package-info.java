/** Holds the service to what it promises. */
@NullMarked
package baton.feedback;

import org.jspecify.annotations.NullMarked;
