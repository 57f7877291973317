@NullMarked
package baton.charter.expression;

import org.jspecify.annotations.NullMarked;
