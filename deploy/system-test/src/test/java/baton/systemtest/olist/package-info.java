/** Real leads and deals of a marketplace through the whole of Baton, and their exact funnel. */
@NullMarked
package baton.systemtest.olist;

import org.jspecify.annotations.NullMarked;
