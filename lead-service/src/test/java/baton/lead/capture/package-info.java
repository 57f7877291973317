/** Tests. */
@NullMarked
package baton.lead.capture;

import org.jspecify.annotations.NullMarked;
