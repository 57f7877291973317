/** Campaigns over HTTP, and what ad tools export of their cost. */
@NullMarked
package baton.lead.campaign.rest;

import org.jspecify.annotations.NullMarked;
