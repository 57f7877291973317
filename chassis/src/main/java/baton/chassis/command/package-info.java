/**
 * Reads what clients send: strict JSON into records, all faults at once. Knows no command by name.
 */
@NullMarked
package baton.chassis.command;

import org.jspecify.annotations.NullMarked;
