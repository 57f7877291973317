/**
 * How far the charter's goals are reached: pacing in its calendar, and what they will come to if it
 * goes on so. What is counted towards them is counted elsewhere and handed in, but for material
 * that marketing delivered.
 */
@NullMarked
package baton.reporting.goal;

import org.jspecify.annotations.NullMarked;
