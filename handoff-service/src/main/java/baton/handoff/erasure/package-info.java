/**
 * What is left of a lead whose personal data was erased: its handoffs, steps and clocks, under its
 * id, and nothing that anybody wrote about it. It decides nothing; lead-service does.
 */
@NullMarked
package baton.handoff.erasure;

import org.jspecify.annotations.NullMarked;
