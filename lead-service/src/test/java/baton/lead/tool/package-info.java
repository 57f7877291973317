@NullMarked
package baton.lead.tool;

import org.jspecify.annotations.NullMarked;
