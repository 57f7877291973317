/** Minutes and voices in PostgreSQL. */
@NullMarked
package baton.reporting.meeting.postgres;

import org.jspecify.annotations.NullMarked;
