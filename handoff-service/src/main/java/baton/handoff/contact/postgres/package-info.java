/** The copies of contacts in PostgreSQL. */
@NullMarked
package baton.handoff.contact.postgres;

import org.jspecify.annotations.NullMarked;
