/** Tests. */
@NullMarked
package baton.lead.channel;

import org.jspecify.annotations.NullMarked;
