/**
 * Everything is killed at random while clients work: {@code Load} writes down what it was promised,
 * {@code Storm} kills and brings back. One printed seed makes all of the randomness.
 */
@NullMarked
package baton.systemtest.fault;

import org.jspecify.annotations.NullMarked;
