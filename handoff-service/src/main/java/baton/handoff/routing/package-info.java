/**
 * Whose turn it is. Deals handoffs out to sellers in proportion to their weights and says why; who
 * is eligible comes from the roster, and what becomes of a dealt handoff belongs to {@code pass}.
 */
@NullMarked
package baton.handoff.routing;

import org.jspecify.annotations.NullMarked;
