/** Receipts in PostgreSQL. */
@NullMarked
package baton.lead.privacy.postgres;

import org.jspecify.annotations.NullMarked;
