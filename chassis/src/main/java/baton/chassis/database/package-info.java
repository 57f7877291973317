/**
 * Transactions on the reactive PostgreSQL client: retried where the database asks for it, never
 * cancelled by a client that goes away. Holds no SQL of its own beyond settings.
 */
@NullMarked
package baton.chassis.database;

import org.jspecify.annotations.NullMarked;
