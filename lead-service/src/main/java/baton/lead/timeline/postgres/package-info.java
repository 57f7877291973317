/** The history in PostgreSQL. */
@NullMarked
package baton.lead.timeline.postgres;

import org.jspecify.annotations.NullMarked;
