/** Shows what subscribers are told and when it is tried again. */
@NullMarked
package baton.handoff.notification;

import org.jspecify.annotations.NullMarked;
