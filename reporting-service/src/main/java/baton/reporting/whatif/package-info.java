/**
 * What a lead's journey would have been under another charter: who would have qualified and when,
 * and what each promise would have come to, by what people really did. Pure; what a journey counts
 * for stands in {@code funnel}, for those that happened and for these alike.
 */
@NullMarked
package baton.reporting.whatif;

import org.jspecify.annotations.NullMarked;
