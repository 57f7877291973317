@NullMarked
package baton.reporting.whatif;

import org.jspecify.annotations.NullMarked;
