/** Tests of how files are taken apart. */
@NullMarked
package baton.lead.imports;

import org.jspecify.annotations.NullMarked;
