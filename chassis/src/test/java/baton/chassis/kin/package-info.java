@NullMarked
package baton.chassis.kin;

import org.jspecify.annotations.NullMarked;
