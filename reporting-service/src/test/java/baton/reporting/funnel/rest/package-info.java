/** What reports say of lives whose numbers were worked out by hand. */
@NullMarked
package baton.reporting.funnel.rest;

import org.jspecify.annotations.NullMarked;
