/** Sellers in PostgreSQL, through Hibernate Reactive. */
@NullMarked
package baton.handoff.seller.postgres;

import org.jspecify.annotations.NullMarked;
