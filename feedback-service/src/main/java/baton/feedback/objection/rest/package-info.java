/** The register of objections over REST. */
@NullMarked
package baton.feedback.objection.rest;

import org.jspecify.annotations.NullMarked;
