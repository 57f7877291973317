package baton.reporting.journey;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;

/** The journeys that have been folded. */
public interface Journeys {
  Uni<Optional<Journey>> find(UUID lead);
}
