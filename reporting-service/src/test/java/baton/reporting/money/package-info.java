/** Tests of amounts of several currencies. */
@NullMarked
package baton.reporting.money;

import org.jspecify.annotations.NullMarked;
