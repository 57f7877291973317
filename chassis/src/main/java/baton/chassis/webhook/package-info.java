/**
 * Deliveries of other people's tools: how one proves that it comes from who says so, by each
 * vendor's own signature over the bytes as they came, and how its body is read as JSON. What a
 * delivery says, and who is set up to send, is not known here.
 */
@NullMarked
package baton.chassis.webhook;

import org.jspecify.annotations.NullMarked;
