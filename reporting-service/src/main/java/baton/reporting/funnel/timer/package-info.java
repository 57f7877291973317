/** Watches that the numbers agree with each other. */
@NullMarked
package baton.reporting.funnel.timer;

import org.jspecify.annotations.NullMarked;
