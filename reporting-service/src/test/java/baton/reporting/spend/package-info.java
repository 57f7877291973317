/** Tests of what is spent and what comes of it. */
@NullMarked
package baton.reporting.spend;

import org.jspecify.annotations.NullMarked;
