/**
 * Tells other systems what happened to handoffs and promises: who subscribed, what they are owed,
 * and when it is tried again. It says ids and links, never a person; deciding what happened is the
 * affair of those who enqueue.
 */
@NullMarked
package baton.handoff.notification;

import org.jspecify.annotations.NullMarked;
