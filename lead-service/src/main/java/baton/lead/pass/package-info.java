/** What the other services say of a lead's passes: how far one got and that it ended. */
@NullMarked
package baton.lead.pass;

import org.jspecify.annotations.NullMarked;
