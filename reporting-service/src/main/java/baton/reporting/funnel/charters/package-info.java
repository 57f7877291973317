/** The goals of the charter in force, counted from the cells and from what else is kept. */
@NullMarked
package baton.reporting.funnel.charters;

import org.jspecify.annotations.NullMarked;
