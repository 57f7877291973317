/** Subscriptions and their deliveries over REST. */
@NullMarked
package baton.handoff.notification.rest;

import org.jspecify.annotations.NullMarked;
