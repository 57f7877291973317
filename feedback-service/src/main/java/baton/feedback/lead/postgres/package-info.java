/** Keeps the directory of leads in PostgreSQL. */
@NullMarked
package baton.feedback.lead.postgres;

import org.jspecify.annotations.NullMarked;
