@NullMarked
package baton.reporting.meeting.rest;

import org.jspecify.annotations.NullMarked;
