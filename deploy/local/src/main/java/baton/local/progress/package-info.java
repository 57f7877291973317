/** Says how far a long step is: a bar on a terminal, a line now and then in a log; and waits. */
@NullMarked
package baton.local.progress;

import org.jspecify.annotations.NullMarked;
