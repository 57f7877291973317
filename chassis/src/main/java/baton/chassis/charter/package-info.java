/**
 * The agreement in force, as far as this service knows it. Proposing and signing stand in
 * handoff-service.
 */
@NullMarked
package baton.chassis.charter;

import org.jspecify.annotations.NullMarked;
