/**
 * By what a lead is recognised: e-mail addresses, phone numbers and other systems' ids in one
 * spelling each. It does not look anybody up.
 */
@NullMarked
package baton.lead.identity;

import org.jspecify.annotations.NullMarked;
