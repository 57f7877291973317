/**
 * The agreement as it comes about: proposed, compared and signed by both sides, version by version,
 * with its whole history. What a charter says and how it is judged by stands in {@code
 * baton.charter}; which version governs when, in the chassis.
 */
@NullMarked
package baton.handoff.charter;

import org.jspecify.annotations.NullMarked;
