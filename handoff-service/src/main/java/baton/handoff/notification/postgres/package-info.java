/** Subscriptions and what is owed to them, in PostgreSQL and judged due by its clock. */
@NullMarked
package baton.handoff.notification.postgres;

import org.jspecify.annotations.NullMarked;
