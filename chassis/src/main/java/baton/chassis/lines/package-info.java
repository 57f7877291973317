/**
 * Requests of many lines (NDJSON), streamed both ways: one answer per line, in order. What a line
 * means stands at its resource.
 */
@NullMarked
package baton.chassis.lines;

import org.jspecify.annotations.NullMarked;
