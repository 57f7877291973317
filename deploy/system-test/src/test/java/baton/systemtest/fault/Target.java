package baton.systemtest.fault;

import baton.local.stack.Part;
import java.util.List;

/** What the storm can hit. */
enum Target {
  LEAD_SERVICE(Part.LEAD),
  HANDOFF_SERVICE(Part.HANDOFF),
  FEEDBACK_SERVICE(Part.FEEDBACK),
  REPORTING_SERVICE(Part.REPORTING),
  BROKER(Part.KAFKA),
  POSTGRESQL(Part.POSTGRES),
  /** A service dies with what it acknowledged and could not publish. */
  BROKER_THEN_LEAD_SERVICE(Part.KAFKA, Part.LEAD),
  RELAY_CONNECTION;

  private final List<Part> parts;

  Target(Part... parts) {
    this.parts = List.of(parts);
  }

  /** What dies, one after the other; nothing where it isn't a process. */
  List<Part> parts() {
    return parts;
  }
}
