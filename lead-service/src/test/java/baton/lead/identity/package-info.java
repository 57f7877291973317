/** Tests. */
@NullMarked
package baton.lead.identity;

import org.jspecify.annotations.NullMarked;
