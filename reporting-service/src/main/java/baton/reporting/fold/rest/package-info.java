/** Folding again from the beginning, on request. */
@NullMarked
package baton.reporting.fold.rest;

import org.jspecify.annotations.NullMarked;
