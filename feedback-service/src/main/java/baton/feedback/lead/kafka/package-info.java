/** Hears what other services say about leads. */
@NullMarked
package baton.feedback.lead.kafka;

import org.jspecify.annotations.NullMarked;
