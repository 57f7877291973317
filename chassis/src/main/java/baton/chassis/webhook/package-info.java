/**
 * Deliveries of other people's tools: who is set up to send, how a delivery proves that it comes
 * from who says so, by each vendor's own signature over the bytes as they came, and how its body is
 * read as JSON. What a delivery says, and what becomes of it, is not known here.
 */
@NullMarked
package baton.chassis.webhook;

import org.jspecify.annotations.NullMarked;
