/**
 * What stands in for an id that gives a person away, the same in every service. It hides e-mail
 * addresses and phone numbers among external ids; it decides nothing about who is who.
 */
@NullMarked
package baton.chassis.pseudonym;

import org.jspecify.annotations.NullMarked;
