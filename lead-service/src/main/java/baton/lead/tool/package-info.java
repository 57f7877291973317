/**
 * The marketing tools whose deliveries are understood, and how a delivery proves that it comes from
 * one: each vendor's own signature, over the bytes as they came. Nothing is parsed here but what
 * carries the proof; what a delivery says is read elsewhere.
 */
@NullMarked
package baton.lead.tool;

import org.jspecify.annotations.NullMarked;
