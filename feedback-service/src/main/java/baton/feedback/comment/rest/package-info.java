/** Comments over REST. */
@NullMarked
package baton.feedback.comment.rest;

import org.jspecify.annotations.NullMarked;
