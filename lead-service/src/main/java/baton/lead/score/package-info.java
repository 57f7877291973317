/**
 * What a lead is worth and why, by the charter of now. It judges what is kept and keeps nothing
 * itself: passes open at facts only.
 */
@NullMarked
package baton.lead.score;

import org.jspecify.annotations.NullMarked;
