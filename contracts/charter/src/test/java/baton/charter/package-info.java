@NullMarked
package baton.charter;

import org.jspecify.annotations.NullMarked;
