/** What is sent to make two leads one, and to make them two again. */
@NullMarked
package baton.lead.merge;

import org.jspecify.annotations.NullMarked;
