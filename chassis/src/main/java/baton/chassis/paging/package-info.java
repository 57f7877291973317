/** Lists in pages by opaque cursors, and entity tags against lost updates. */
@NullMarked
package baton.chassis.paging;

import org.jspecify.annotations.NullMarked;
