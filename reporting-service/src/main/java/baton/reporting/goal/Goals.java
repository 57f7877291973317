package baton.reporting.goal;

import io.smallrye.mutiny.Uni;

/** The goals of the charter in force, as what was counted lets them stand. */
public interface Goals {
  Uni<Standing> standing();
}
