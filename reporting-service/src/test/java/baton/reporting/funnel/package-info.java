/** What journeys count for, held against a recount that shares nothing with it but the events. */
@NullMarked
package baton.reporting.funnel;

import org.jspecify.annotations.NullMarked;
