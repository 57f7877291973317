/**
 * The second opinion: counts a funnel, verdicts and credits, and checks order and loss, from what
 * stands on the topics alone. It knows field names and the definitions of the numbers, and no class
 * of a service.
 */
@NullMarked
package baton.systemtest.recount;

import org.jspecify.annotations.NullMarked;
