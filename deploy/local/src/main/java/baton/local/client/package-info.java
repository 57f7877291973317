/** Speaks to a running stack's REST API with the keys of its {@code baton.json}. */
@NullMarked
package baton.local.client;

import org.jspecify.annotations.NullMarked;
