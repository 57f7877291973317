/** Leads as they are read, searched and patched over REST. */
@NullMarked
package baton.lead.edit.rest;

import org.jspecify.annotations.NullMarked;
