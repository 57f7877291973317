/**
 * The calendar of campaigns that both sides see: what marketing plans, when it said so, what sales
 * says of it before launch, and what it costs. It judges no promise about notice and counts no
 * return on what was spent; who does hears of it on {@code campaign}.
 */
@NullMarked
package baton.lead.campaign;

import org.jspecify.annotations.NullMarked;
