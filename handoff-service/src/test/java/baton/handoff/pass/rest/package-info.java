/** Adapters that break the rules. */
@NullMarked
package baton.handoff.pass.rest;

import org.jspecify.annotations.NullMarked;
