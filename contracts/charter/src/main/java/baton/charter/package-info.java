/**
 * The agreement as a value: what a charter says, read, checked and judged by. Everything here is
 * pure: no clock, no database, no network, so that the services, the command line and a replay over
 * history judge by the same code.
 */
@NullMarked
package baton.charter;

import org.jspecify.annotations.NullMarked;
