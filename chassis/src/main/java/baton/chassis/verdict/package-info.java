/**
 * How services say what they counted of promises, so that one count can be held against another.
 * Nothing is counted here.
 */
@NullMarked
package baton.chassis.verdict;

import org.jspecify.annotations.NullMarked;
