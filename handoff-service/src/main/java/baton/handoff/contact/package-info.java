/**
 * Who a lead is, as far as its seller must know: a copy of what lead-service says, gone when it
 * says so. The only personal data in this service beside the notes that sellers write.
 */
@NullMarked
package baton.handoff.contact;

import org.jspecify.annotations.NullMarked;
