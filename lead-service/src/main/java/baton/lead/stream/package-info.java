/**
 * How commands come in together: many requests in one commit, many lines in one request. It knows
 * no command's meaning.
 */
@NullMarked
package baton.lead.stream;

import org.jspecify.annotations.NullMarked;
