/** Tests of how long a fact waits for its charter. */
@NullMarked
package baton.handoff.charter.kafka;

import org.jspecify.annotations.NullMarked;
