/** Reading the log of administrative acts, on every service. */
@NullMarked
package baton.chassis.audit.rest;

import org.jspecify.annotations.NullMarked;
