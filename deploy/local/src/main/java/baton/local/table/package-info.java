/** Tables for the terminal. They lay out what a report says and compute nothing. */
@NullMarked
package baton.local.table;

import org.jspecify.annotations.NullMarked;
