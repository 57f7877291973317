/**
 * The people who take leads: who they are, what they take, how much and when. Who of them gets a
 * lead is {@code routing}'s to say.
 */
@NullMarked
package baton.handoff.seller;

import org.jspecify.annotations.NullMarked;
