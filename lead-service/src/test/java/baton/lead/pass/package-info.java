/** Tests. */
@NullMarked
package baton.lead.pass;

import org.jspecify.annotations.NullMarked;
