/**
 * What two exports, of leads and of deals, say about how marketing and sales work together. It
 * needs no stack and sends nothing anywhere. It reckons on the wall clock: there is no charter yet
 * whose calendar it could go by.
 */
@NullMarked
package baton.local.audit;

import org.jspecify.annotations.NullMarked;
