package baton.reporting.goal;

import io.smallrye.mutiny.Uni;

/** How goals stood day by day: of each day, what was last said of it. */
public interface Trend {
  Uni<Void> keep(Standing standing);
}
