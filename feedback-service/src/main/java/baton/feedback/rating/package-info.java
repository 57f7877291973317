/**
 * What sales thinks of leads and heard from them. Codes of the vocabulary are published, free text
 * stays here.
 */
@NullMarked
package baton.feedback.rating;

import org.jspecify.annotations.NullMarked;
