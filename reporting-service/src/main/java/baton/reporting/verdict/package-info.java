/**
 * How many promises were kept and how many broken, counted from what the topics say. It is held
 * against the count of the service that judges; what became of a breach afterwards is not its
 * matter.
 */
@NullMarked
package baton.reporting.verdict;

import org.jspecify.annotations.NullMarked;
