/**
 * What CRMs send: deals, and what sellers did. Keeps each delivery as it came, reads it by a
 * mapping that is data, and tells it as outcomes and sales steps. Decides nothing about those.
 */
@NullMarked
package baton.feedback.crm;

import org.jspecify.annotations.NullMarked;
