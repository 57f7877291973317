/**
 * Calls that come by the thousand a second, answered straight from the router: what JAX-RS does for
 * each costs more than their work. It knows keys, traces and problems, and no call's meaning.
 */
@NullMarked
package baton.chassis.direct;

import org.jspecify.annotations.NullMarked;
