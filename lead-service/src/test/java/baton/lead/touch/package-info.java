/** Tests. */
@NullMarked
package baton.lead.touch;

import org.jspecify.annotations.NullMarked;
