/** Keeps CRMs, their secrets sealed, what they sent, and what their deals are known to be. */
@NullMarked
package baton.feedback.crm.postgres;

import org.jspecify.annotations.NullMarked;
