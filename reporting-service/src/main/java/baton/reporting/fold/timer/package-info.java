/** Looks at how far behind the fold is every so often. */
@NullMarked
package baton.reporting.fold.timer;

import org.jspecify.annotations.NullMarked;
