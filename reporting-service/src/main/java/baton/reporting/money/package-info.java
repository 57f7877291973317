/**
 * Amounts of several currencies, and what they come to in one where a charter says their rates.
 * Knows no report.
 */
@NullMarked
package baton.reporting.money;

import org.jspecify.annotations.NullMarked;
