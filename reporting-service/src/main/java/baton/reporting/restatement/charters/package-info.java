/** The zone of days, from the charter in force. */
@NullMarked
package baton.reporting.restatement.charters;

import org.jspecify.annotations.NullMarked;
