/** Keeps connectors, their secrets sealed, and the log of deliveries. */
@NullMarked
package baton.lead.connector.postgres;

import org.jspecify.annotations.NullMarked;
