/**
 * A lead's history across services, as this one heard it. It shows and decides nothing; who the
 * lead is isn't part of it.
 */
@NullMarked
package baton.lead.timeline;

import org.jspecify.annotations.NullMarked;
