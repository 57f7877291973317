/**
 * Files of leads that somebody exported: how they are written, how far each is worked off, and how
 * that is undone. A file is kept as it came before a row of it is read; what a row means is the
 * mapping's business, and what becomes of it that of whoever captures.
 */
@NullMarked
package baton.lead.imports;

import org.jspecify.annotations.NullMarked;
