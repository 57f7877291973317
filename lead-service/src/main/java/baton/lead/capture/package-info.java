/**
 * What marketing tools send, read and checked into captures. It looks nothing up and decides
 * nothing.
 */
@NullMarked
package baton.lead.capture;

import org.jspecify.annotations.NullMarked;
