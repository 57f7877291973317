/**
 * Which touches a won deal is owed to: the ways that a lead went, and the models that share money
 * and deals out among touches. It is arithmetic over what {@code journey} knows; which leads are
 * asked about, and under which keys they count, is {@code funnel}'s to say.
 */
@NullMarked
package baton.reporting.attribution;

import org.jspecify.annotations.NullMarked;
