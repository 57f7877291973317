package baton.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What sales made of a lead that was handed over: steps in order, what became of it, and what the
 * seller thought of it.
 */
record Chase(List<Step> steps, List<ObjectNode> outcomes, @Nullable ObjectNode feedback, End end) {

  /** One post to {@code /handoffs/{id}/…}. */
  record Step(String action, ObjectNode body) {
    Step with(String name, String value) {
      body.put(name, value);
      return this;
    }
  }

  /** How far it got. */
  enum End {
    UNTOUCHED,
    REJECTED,
    WORKED,
    RETURNED,
    QUALIFIED,
    OPPORTUNITY,
    LOST,
    WON
  }

  boolean isAccepted() {
    return end != End.UNTOUCHED && end != End.REJECTED;
  }

  boolean isQualified() {
    return end.compareTo(End.QUALIFIED) >= 0;
  }
}
