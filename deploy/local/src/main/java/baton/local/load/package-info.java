/**
 * Reads what other tools export (CSV or NDJSON), turns each row into a command by a mapping that is
 * data, and posts it. What a row may say is the services' business: they refuse, this only keeps
 * the refused rows with their reasons.
 */
@NullMarked
package baton.local.load;

import org.jspecify.annotations.NullMarked;
