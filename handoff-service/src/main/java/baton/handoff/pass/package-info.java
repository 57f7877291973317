/**
 * One trip of a lead from marketing's verdict to its end in sales' hands. Decides what every answer
 * makes of a handoff; whose turn it is belongs to {@code routing}, what a deal came to belongs to
 * feedback-service.
 */
@NullMarked
package baton.handoff.pass;

import org.jspecify.annotations.NullMarked;
