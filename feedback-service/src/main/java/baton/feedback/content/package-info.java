/**
 * Material that sales asks for and marketing owes: a request from asking to its confirmation. Codes
 * of the vocabulary are published, what was written in words stays here.
 */
@NullMarked
package baton.feedback.content;

import org.jspecify.annotations.NullMarked;
