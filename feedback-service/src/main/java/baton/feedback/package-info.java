/** What sales says back: what became of leads and what was thought of them. */
@NullMarked
package baton.feedback;

import org.jspecify.annotations.NullMarked;
