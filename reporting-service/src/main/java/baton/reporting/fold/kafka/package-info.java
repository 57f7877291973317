/** Reads every topic about leads, a partition number of all of them together. */
@NullMarked
package baton.reporting.fold.kafka;

import org.jspecify.annotations.NullMarked;
