/** Tests of how tables are taken apart. */
@NullMarked
package baton.chassis.table;

import org.jspecify.annotations.NullMarked;
