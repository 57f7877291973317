/**
 * Which leads there are, by which names they go and which passes they made, as heard from the
 * topics. Knows no person and decides nothing about a lead.
 */
@NullMarked
package baton.feedback.lead;

import org.jspecify.annotations.NullMarked;
