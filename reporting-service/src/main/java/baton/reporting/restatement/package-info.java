/**
 * Numbers that a report had already told when a late or corrected fact changed them: which, of
 * which day, by how much and because of which event. A number is of a day as {@code basis=period}
 * counts it, and it was told once the watermark had passed the end of that day. What a cohort still
 * comes to is no restatement: it was expected. What a number says stands elsewhere.
 */
@NullMarked
package baton.reporting.restatement;

import org.jspecify.annotations.NullMarked;
