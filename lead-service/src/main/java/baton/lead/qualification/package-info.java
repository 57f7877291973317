/**
 * What makes a lead an MQL under the charter in force. Version 0 only, until a charter is signed.
 */
@NullMarked
package baton.lead.qualification;

import org.jspecify.annotations.NullMarked;
