/** What differs between two charters in meaning, in sentences; who wrote which line isn't known. */
@NullMarked
package baton.charter.change;

import org.jspecify.annotations.NullMarked;
