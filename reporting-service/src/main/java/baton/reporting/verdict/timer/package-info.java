/** Looks at the count of verdicts every so often. */
@NullMarked
package baton.reporting.verdict.timer;

import org.jspecify.annotations.NullMarked;
