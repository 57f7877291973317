/**
 * The keys by which machines call Baton: minted, listed and revoked here, told to every service.
 * What a key may do and whether a token proves it is the chassis' to say.
 */
@NullMarked
package baton.handoff.key;

import org.jspecify.annotations.NullMarked;
