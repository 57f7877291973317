package baton.reporting.verdict;

import baton.contracts.BreachStep;
import baton.contracts.Event;
import baton.contracts.SlaBreach;
import baton.contracts.SlaMet;
import baton.reporting.journey.Fact;
import baton.reporting.journey.Journey;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * By how much journeys that know more change the counts. Each verdict is one fact of its lead,
 * however often it is told.
 */
public final class Changes {
  private final SortedMap<Promised, Count> counts = new TreeMap<>();

  /** Whether these events can change any. */
  public static boolean mayCome(Collection<Event> events) {
    return events.stream().anyMatch(event -> event instanceof SlaMet || event instanceof SlaBreach);
  }

  public void replace(Journey before, Journey after) {
    add(before, -1);
    add(after, 1);
  }

  private void add(Journey journey, int sign) {
    for (var fact : journey.facts()) {
      switch (fact) {
        case Fact.Kept kept -> add(kept.clause(), kept.owedBy(), new Count(sign, 0));
        case Fact.Broken broken when broken.step() == BreachStep.BREACHED ->
            add(broken.clause(), broken.owedBy(), new Count(0, sign));
        default -> {}
      }
    }
  }

  private void add(String clause, baton.contracts.Side owedBy, Count count) {
    counts.merge(new Promised(clause, owedBy), count, Count::plus);
  }

  /** Without what cancelled out. */
  public SortedMap<Promised, Count> counts() {
    counts.values().removeIf(count -> count.met() == 0 && count.broken() == 0);
    return Collections.unmodifiableSortedMap(counts);
  }
}
