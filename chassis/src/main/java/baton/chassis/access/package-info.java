/**
 * Who calls and in which role: API keys, where they are learnt from and how they are checked. What
 * a role may do stands at each resource.
 */
@NullMarked
package baton.chassis.access;

import org.jspecify.annotations.NullMarked;
