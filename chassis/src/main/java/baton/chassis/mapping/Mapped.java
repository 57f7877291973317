package baton.chassis.mapping;

import baton.chassis.problem.Fault;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one element of a delivery says.
 *
 * @param into null where no case fits: it is skipped
 * @param fields in the form of the command it becomes
 * @param test whether it only tries the connection
 * @param unmapped pointers, within the element, of values that no field of ours was made of
 * @param unread fields of ours that a value was there for, and what it couldn't be read as; why the
 *     element itself couldn't be read
 */
public record Mapped<F extends Form>(
    @Nullable F into, ObjectNode fields, boolean test, List<String> unmapped, List<Fault> unread) {
  /** Whether the element itself couldn't be read. */
  public boolean isUnread() {
    return into == null && !unread.isEmpty();
  }
}
