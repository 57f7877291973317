/**
 * Measures Baton beside what else would do its work, on the machine it stands on. The ratio is the
 * claim; what an absolute figure means elsewhere, it doesn't say.
 */
@NullMarked
package baton.bench;

import org.jspecify.annotations.NullMarked;
