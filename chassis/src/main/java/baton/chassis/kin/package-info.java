/**
 * Which leads are one, as heard: for services that keep facts by lead and are asked about a person,
 * and that say so by {@code baton.kin}. Decides no merge and moves no fact.
 */
@NullMarked
package baton.chassis.kin;

import org.jspecify.annotations.NullMarked;
