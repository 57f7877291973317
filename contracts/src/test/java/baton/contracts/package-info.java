/** Holds the published language to its released files. */
@NullMarked
package baton.contracts;

import org.jspecify.annotations.NullMarked;
