/** Hears handoffs and outcomes. */
@NullMarked
package baton.lead.pass.kafka;

import org.jspecify.annotations.NullMarked;
