/**
 * Keeps secrets that have to be read again, such as those that sign what is sent out. What only has
 * to be recognised, an API key, is hashed instead and has no place here.
 */
@NullMarked
package baton.chassis.seal;

import org.jspecify.annotations.NullMarked;
