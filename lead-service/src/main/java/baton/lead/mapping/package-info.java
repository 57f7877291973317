/**
 * What a delivery says of leads, by a mapping that is data: where in the tool's JSON a field of
 * ours stands, under which other names, and what has to be done to its value. Knows JSON, and
 * neither HTTP nor who sent it.
 */
@NullMarked
package baton.lead.mapping;

import org.jspecify.annotations.NullMarked;
