package baton.reporting.journey;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;

/** The journeys that have been folded. */
public interface Journeys {
  /** The lead with those it is merged with. */
  Uni<Optional<Group>> find(UUID lead);
}
