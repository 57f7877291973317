/** The commands of {@code ./baton}: they read options, call what does the work, and print. */
@NullMarked
package baton.local.command;

import org.jspecify.annotations.NullMarked;
