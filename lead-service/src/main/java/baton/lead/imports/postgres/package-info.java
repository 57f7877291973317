/** Keeps files until they are worked off, how far each is, and the rows that were refused. */
@NullMarked
package baton.lead.imports.postgres;

import org.jspecify.annotations.NullMarked;
