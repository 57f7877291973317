/** Content requests over REST. */
@NullMarked
package baton.feedback.content.rest;

import org.jspecify.annotations.NullMarked;
