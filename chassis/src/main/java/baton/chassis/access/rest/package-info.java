/** Which keys are in use, to be read on every service. */
@NullMarked
package baton.chassis.access.rest;

import org.jspecify.annotations.NullMarked;
