/** The scoreboard page, held against what it may do and what it asks. */
@NullMarked
package baton.reporting.scoreboard;

import org.jspecify.annotations.NullMarked;
