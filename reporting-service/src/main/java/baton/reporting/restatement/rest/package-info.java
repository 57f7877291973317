/** Tells which numbers were restated, and from what to what, as reports count them. */
@NullMarked
package baton.reporting.restatement.rest;

import org.jspecify.annotations.NullMarked;
