@NullMarked
package baton.reporting.meeting;

import org.jspecify.annotations.NullMarked;
