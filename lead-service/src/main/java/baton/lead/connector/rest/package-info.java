/** What tools send, and how their operator sets them up and sees what came of it. */
@NullMarked
package baton.lead.connector.rest;

import org.jspecify.annotations.NullMarked;
