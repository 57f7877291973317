/** A running stack for tests, and plain ways to talk to it: HTTP, topics, the relay's backends. */
@NullMarked
package baton.systemtest.stack;

import org.jspecify.annotations.NullMarked;
