/**
 * Leads as people change them by hand, held to the same bounds as captures. It keeps nothing
 * itself.
 */
@NullMarked
package baton.lead.edit;

import org.jspecify.annotations.NullMarked;
