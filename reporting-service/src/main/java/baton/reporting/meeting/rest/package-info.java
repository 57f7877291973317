/** The agenda as JSON, Markdown and a page to print, and what the meeting writes down. */
@NullMarked
package baton.reporting.meeting.rest;

import org.jspecify.annotations.NullMarked;
