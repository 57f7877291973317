/**
 * What sellers did in their CRM: kept, corrected, and published as soon as the lead is known. What
 * a step makes of a handoff is decided where handoffs are.
 */
@NullMarked
package baton.feedback.step;

import org.jspecify.annotations.NullMarked;
