/**
 * The marketing tools whose deliveries are understood, and what an element of a delivery may
 * become.
 */
@NullMarked
package baton.lead.tool;

import org.jspecify.annotations.NullMarked;
