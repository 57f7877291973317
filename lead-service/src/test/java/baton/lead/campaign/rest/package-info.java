/** Tests of how campaigns are read. */
@NullMarked
package baton.lead.campaign.rest;

import org.jspecify.annotations.NullMarked;
