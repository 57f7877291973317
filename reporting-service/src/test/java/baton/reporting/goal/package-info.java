/** Tests of goals. */
@NullMarked
package baton.reporting.goal;

import org.jspecify.annotations.NullMarked;
