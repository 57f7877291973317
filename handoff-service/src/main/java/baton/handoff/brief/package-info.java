/**
 * What a seller reads before he calls: who the lead is, what it did, what it was promised, why it
 * qualified and what came of it before. It puts together what others keep and decides nothing; of
 * its own it keeps what campaigns say.
 */
@NullMarked
package baton.handoff.brief;

import org.jspecify.annotations.NullMarked;
