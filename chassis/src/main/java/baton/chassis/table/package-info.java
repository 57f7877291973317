/**
 * Tables that somebody exported: CSV in the dialects of spreadsheets and CRMs, taken apart row by
 * row. What a row means is its reader's business.
 */
@NullMarked
package baton.chassis.table;

import org.jspecify.annotations.NullMarked;
