/**
 * Sends what is owed. It connects to the very address it has checked, so that no name can lead it
 * into the operator's own network.
 */
@NullMarked
package baton.handoff.notification.http;

import org.jspecify.annotations.NullMarked;
