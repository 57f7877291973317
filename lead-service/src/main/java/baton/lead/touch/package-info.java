/** Interactions as their senders describe them. */
@NullMarked
package baton.lead.touch;

import org.jspecify.annotations.NullMarked;
