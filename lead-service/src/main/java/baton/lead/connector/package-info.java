/**
 * The tools that send here as their operator set them up, what they delivered and what became of
 * it. How a delivery proves itself, what its fields are called and what a lead is are decided
 * elsewhere.
 */
@NullMarked
package baton.lead.connector;

import org.jspecify.annotations.NullMarked;
