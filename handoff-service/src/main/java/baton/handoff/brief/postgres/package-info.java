/** What campaigns say, in PostgreSQL. */
@NullMarked
package baton.handoff.brief.postgres;

import org.jspecify.annotations.NullMarked;
