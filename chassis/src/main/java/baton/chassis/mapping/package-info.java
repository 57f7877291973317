/**
 * What a delivery says, by a mapping that is data: where in a tool's JSON, or in which column of a
 * table, a field of ours stands, under which other names, and what has to be done to its value.
 * Knows JSON; neither HTTP, nor who sent it, nor what the commands are that it fills.
 */
@NullMarked
package baton.chassis.mapping;

import org.jspecify.annotations.NullMarked;
