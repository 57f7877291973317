/**
 * How many requests whoever it counts may make, and what is left of it. Whom it counts, and how
 * many they have, is said by who asks; what is counted is this instance's alone.
 */
@NullMarked
package baton.chassis.limit;

import org.jspecify.annotations.NullMarked;
