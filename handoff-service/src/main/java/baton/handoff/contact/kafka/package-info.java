/** Hears who leads are, and that they are to be forgotten. */
@NullMarked
package baton.handoff.contact.kafka;

import org.jspecify.annotations.NullMarked;
