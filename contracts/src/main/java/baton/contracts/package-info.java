/**
 * The published language: every event Baton says on Kafka, its topic, its CloudEvents envelope and
 * its JSON. Needs nothing but Jackson, so that a stranger's consumer can use it; how events get to
 * Kafka and what they cause stands elsewhere.
 */
@NullMarked
package baton.contracts;

import org.jspecify.annotations.NullMarked;
