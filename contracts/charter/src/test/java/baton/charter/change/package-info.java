@NullMarked
package baton.charter.change;

import org.jspecify.annotations.NullMarked;
