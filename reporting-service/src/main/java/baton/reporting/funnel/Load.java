package baton.reporting.funnel;

import baton.contracts.HandoffStep;
import baton.reporting.journey.Fact.Handed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody had to do: handoffs that came, and how many were open at a time, to the quarter of
 * an hour. One that was verified takes up no place any more.
 */
public final class Load {
  private long handoffs;
  private final Map<Integer, Integer> changes = new HashMap<>();

  /** Of a handoff, by its steps in order: under each name, from when to when it was held. */
  interface Held {
    void held(@Nullable String seller, @Nullable String team, int from, int until);
  }

  static void of(List<Handed> steps, Held into) {
    Handed since = null;
    for (var step : steps) {
      var moves =
          switch (step.step()) {
            case OFFERED, REASSIGNED, QUALIFIED, REJECTED, RETURNED, CLOSED -> true;
            case ACCEPTED, DEEMED_ACCEPTED, ATTEMPTED, CONNECTED, REFUSED -> false;
          };
      if (moves) {
        tell(since, Quarter.of(step.at()), into);
        since = isGiven(step) ? step : null;
      }
    }
    tell(since, Quarter.NEVER, into);
  }

  private static boolean isGiven(Handed step) {
    return step.seller() != null
        && (step.step() == HandoffStep.OFFERED || step.step() == HandoffStep.REASSIGNED);
  }

  private static void tell(@Nullable Handed since, int until, Held into) {
    if (since != null) {
      into.held(since.seller(), since.team(), Quarter.of(since.at()), until);
    }
  }

  void add(int from, int until) {
    handoffs++;
    changes.merge(from, 1, Integer::sum);
    if (until != Quarter.NEVER) {
      changes.merge(Math.max(until, from) + 1, -1, Integer::sum);
    }
  }

  void add(Load other) {
    handoffs += other.handoffs;
    other.changes.forEach((quarter, change) -> changes.merge(quarter, change, Integer::sum));
  }

  public long handoffs() {
    return handoffs;
  }

  public long peakOpen() {
    long open = 0;
    long peak = 0;
    for (int change : new TreeMap<>(changes).values()) {
      open += change;
      peak = Math.max(peak, open);
    }
    return peak;
  }
}
