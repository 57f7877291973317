@NullMarked
package baton.charter.scoring;

import org.jspecify.annotations.NullMarked;
