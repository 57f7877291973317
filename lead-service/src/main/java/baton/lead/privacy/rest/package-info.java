/** What people may ask, as an admin asks it for them. */
@NullMarked
package baton.lead.privacy.rest;

import org.jspecify.annotations.NullMarked;
