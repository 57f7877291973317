/** The funnel as JSON and CSV. */
@NullMarked
package baton.reporting.funnel.rest;

import org.jspecify.annotations.NullMarked;
