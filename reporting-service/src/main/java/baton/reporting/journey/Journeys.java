package baton.reporting.journey;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;

/** The journeys that have been folded. */
public interface Journeys {
  /** No lead has an id before this one. */
  UUID FIRST = new UUID(0, 0);

  /** The lead with those it is merged with. */
  Uni<Optional<Group>> find(UUID lead);

  /**
   * The next leads in the order of their ids, those that are merged with others as what they are
   * together. Fewer than that: there are no more.
   *
   * @param share of all leads, drawn by their ids alone, so that the same are drawn again
   */
  Uni<SortedMap<UUID, Group>> after(UUID lead, int most, double share);

  /** How many leads there are. */
  Uni<Long> count();
}
