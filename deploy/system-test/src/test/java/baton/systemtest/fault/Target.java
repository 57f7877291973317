package baton.systemtest.fault;

import baton.local.stack.Part;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the storm can hit. */
enum Target {
  LEAD_SERVICE(Part.LEAD),
  HANDOFF_SERVICE(Part.HANDOFF),
  FEEDBACK_SERVICE(Part.FEEDBACK),
  REPORTING_SERVICE(Part.REPORTING),
  BROKER(Part.KAFKA),
  POSTGRESQL(Part.POSTGRES),
  RELAY_CONNECTION(null);

  private final @Nullable Part part;

  Target(@Nullable Part part) {
    this.part = part;
  }

  Optional<Part> part() {
    return Optional.ofNullable(part);
  }
}
