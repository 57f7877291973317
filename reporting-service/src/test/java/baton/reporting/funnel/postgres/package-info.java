/** How a question becomes a statement. */
@NullMarked
package baton.reporting.funnel.postgres;

import org.jspecify.annotations.NullMarked;
