@NullMarked
package baton.charter.print;

import org.jspecify.annotations.NullMarked;
