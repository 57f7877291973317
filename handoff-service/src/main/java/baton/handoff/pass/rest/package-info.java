/** The inbox and what sellers answer, over HTTP. */
@NullMarked
package baton.handoff.pass.rest;

import org.jspecify.annotations.NullMarked;
