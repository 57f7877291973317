/** Finds leads of one name at one company, set by set, behind the path that captures them. */
@NullMarked
package baton.lead.merge.postgres;

import org.jspecify.annotations.NullMarked;
