/**
 * What campaigns cost, as the topic {@code campaign} says it, and what came of it for the money.
 * How many leads there are and what they bought is counted elsewhere and handed in.
 */
@NullMarked
package baton.reporting.spend;

import org.jspecify.annotations.NullMarked;
