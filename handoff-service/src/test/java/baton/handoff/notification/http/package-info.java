/** Shows where may be sent to, and what is. */
@NullMarked
package baton.handoff.notification.http;

import org.jspecify.annotations.NullMarked;
