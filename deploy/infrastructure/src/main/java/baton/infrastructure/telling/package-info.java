/**
 * Events as the services around would tell them, for tests: plausible wherever a test doesn't say,
 * and silent about what needs not be known. They are made here; who publishes them is the test's
 * own business.
 */
@NullMarked
package baton.infrastructure.telling;

import org.jspecify.annotations.NullMarked;
