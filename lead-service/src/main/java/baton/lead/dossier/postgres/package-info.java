/**
 * Leads in PostgreSQL, set-based: a batch costs a handful of statements however many leads it
 * touches.
 */
@NullMarked
package baton.lead.dossier.postgres;

import org.jspecify.annotations.NullMarked;
