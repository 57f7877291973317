/**
 * Looks at the goals again and again, so that their way can be seen and not only where they are.
 */
@NullMarked
package baton.reporting.goal.timer;

import org.jspecify.annotations.NullMarked;
