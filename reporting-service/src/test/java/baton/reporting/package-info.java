/** How the service hangs together. */
@NullMarked
package baton.reporting;

import org.jspecify.annotations.NullMarked;
