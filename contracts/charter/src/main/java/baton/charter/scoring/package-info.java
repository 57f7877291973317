/**
 * What a charter makes of a lead: its tier, its persona, every point and why, and whether it is
 * ready for sales. It judges; opening a pass and telling anybody is the caller's.
 */
@NullMarked
package baton.charter.scoring;

import org.jspecify.annotations.NullMarked;
