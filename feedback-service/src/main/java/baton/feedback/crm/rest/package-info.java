/** Where CRMs send to, and how they are set up. */
@NullMarked
package baton.feedback.crm.rest;

import org.jspecify.annotations.NullMarked;
