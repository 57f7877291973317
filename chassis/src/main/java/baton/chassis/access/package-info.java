/**
 * Who calls, in which role, and how often they may: API keys, where they are learnt from and how
 * they are checked; what a person with a token is here. What a role may do stands at each resource.
 */
@NullMarked
package baton.chassis.access;

import org.jspecify.annotations.NullMarked;
