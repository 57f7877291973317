/** Tests of what records of others say in our words. */
@NullMarked
package baton.chassis.mapping;

import org.jspecify.annotations.NullMarked;
