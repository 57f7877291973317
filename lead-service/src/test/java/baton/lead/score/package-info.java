/** Tests. */
@NullMarked
package baton.lead.score;

import org.jspecify.annotations.NullMarked;
