package baton.reporting.journey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What calendars of charters read at an instant. */
@FunctionalInterface
public interface WorkingTime {
  WorkingTime UNKNOWN = (_, _) -> null;

  /** Null where that charter is not known, or the instant is beyond all calendars. */
  @Nullable Worked worked(int charter, Instant at);
}
