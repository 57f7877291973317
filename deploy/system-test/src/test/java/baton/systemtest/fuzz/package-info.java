/**
 * Requests that a service's own description allows, and requests that are a little or entirely
 * wrong, one after the other by a seed. It judges answers by the description alone and knows no
 * call's meaning.
 */
@NullMarked
package baton.systemtest.fuzz;

import org.jspecify.annotations.NullMarked;
