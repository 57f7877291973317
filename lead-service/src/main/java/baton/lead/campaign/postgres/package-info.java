/** Campaigns in PostgreSQL. */
@NullMarked
package baton.lead.campaign.postgres;

import org.jspecify.annotations.NullMarked;
