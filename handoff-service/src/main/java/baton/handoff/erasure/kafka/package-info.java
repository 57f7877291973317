/** Hears that leads were erased. */
@NullMarked
package baton.handoff.erasure.kafka;

import org.jspecify.annotations.NullMarked;
