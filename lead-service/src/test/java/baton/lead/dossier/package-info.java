/** Tests. */
@NullMarked
package baton.lead.dossier;

import org.jspecify.annotations.NullMarked;
