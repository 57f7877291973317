/**
 * Baton on one machine: the command line behind {@code ./baton}, which starts the stack, plays a
 * company through it, loads files and prints reports. It knows the services by their REST API and
 * their processes only; no rule of the funnel is in here.
 */
@NullMarked
package baton.local;

import org.jspecify.annotations.NullMarked;
