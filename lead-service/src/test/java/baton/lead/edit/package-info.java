/** Tests. */
@NullMarked
package baton.lead.edit;

import org.jspecify.annotations.NullMarked;
