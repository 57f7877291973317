/** Audits of exports whose numbers can be counted by hand, and of a published one. */
@NullMarked
package baton.local.audit;

import org.jspecify.annotations.NullMarked;
