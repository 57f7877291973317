/**
 * A charter to read, sign and pin on the wall: two pages of plain sentences, as Markdown or HTML.
 * It adds nothing to what the charter says. Other pages for both sides are laid out alike.
 */
@NullMarked
package baton.charter.print;

import org.jspecify.annotations.NullMarked;
