/** Restatements in PostgreSQL; they are written where the fold writes what it changes. */
@NullMarked
package baton.reporting.restatement.postgres;

import org.jspecify.annotations.NullMarked;
