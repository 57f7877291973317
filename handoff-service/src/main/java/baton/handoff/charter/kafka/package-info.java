/**
 * Charters as they come by their topic, for those who hear of other topics: how long a fact waits
 * for the charter that it is stamped with. That they are heard and kept is the chassis's.
 */
@NullMarked
package baton.handoff.charter.kafka;

import org.jspecify.annotations.NullMarked;
