/** The scoreboard as a browser opens it. */
@NullMarked
package baton.reporting.scoreboard.rest;

import org.jspecify.annotations.NullMarked;
