/** Tests of the service as a whole. */
@NullMarked
package baton.lead;

import org.jspecify.annotations.NullMarked;
