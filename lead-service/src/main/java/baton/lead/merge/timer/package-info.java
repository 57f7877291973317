/** Looks for leads of one name at one company, again and again. */
@NullMarked
package baton.lead.merge.timer;

import org.jspecify.annotations.NullMarked;
