/**
 * The page that both teams leave open on the wall. It knows no number: its script asks the reports
 * for them, as anybody may who has a key.
 */
@NullMarked
package baton.reporting.scoreboard;

import org.jspecify.annotations.NullMarked;
