/**
 * Parked records, for whoever runs the service: to be looked at, and released once it is mended.
 */
@NullMarked
package baton.chassis.parked.rest;

import org.jspecify.annotations.NullMarked;
