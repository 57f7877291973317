/**
 * The charter's rules as CEL over the facts of a lead: checked against typed variables when a
 * charter is read, evaluated without blocking and within bounds ever after. Which rule wins, and
 * what it is worth, is decided elsewhere.
 */
@NullMarked
package baton.charter.expression;

import org.jspecify.annotations.NullMarked;
