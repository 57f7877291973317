/** Tests of the calendar of campaigns. */
@NullMarked
package baton.lead.campaign;

import org.jspecify.annotations.NullMarked;
