/**
 * The whole stack from outside, as its users and its enemies see it: processes, REST and topics.
 * Nothing here shares code with a service; only the launcher of {@code deploy/local} is ours.
 */
@NullMarked
package baton.systemtest;

import org.jspecify.annotations.NullMarked;
