/** The charter in force, to be read on every service. */
@NullMarked
package baton.chassis.charter.rest;

import org.jspecify.annotations.NullMarked;
