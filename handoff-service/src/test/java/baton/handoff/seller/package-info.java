/** That a seller is where his shifts and absences say. */
@NullMarked
package baton.handoff.seller;

import org.jspecify.annotations.NullMarked;
