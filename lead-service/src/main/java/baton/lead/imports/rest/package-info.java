/** Where files come in, and where it is seen what became of them. */
@NullMarked
package baton.lead.imports.rest;

import org.jspecify.annotations.NullMarked;
