/**
 * Kafka's own server as a process: formats its folder when it is new, then runs. It decides
 * nothing: the settings file says everything, and whoever starts the process wrote that file.
 */
@NullMarked
package baton.broker;

import org.jspecify.annotations.NullMarked;
