/**
 * Why a request was refused, as RFC 9457 documents: one table of types, every bad field by JSON
 * Pointer, and never a value that somebody sent. What is right or wrong is decided elsewhere.
 */
@NullMarked
package baton.chassis.problem;

import org.jspecify.annotations.NullMarked;
