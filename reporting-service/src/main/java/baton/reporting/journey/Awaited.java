package baton.reporting.journey;

import baton.contracts.ClockChange;
import baton.reporting.journey.Fact.Broken;
import baton.reporting.journey.Fact.Handed;
import baton.reporting.journey.Fact.Kept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A promise whose clock was started, not stopped, and of which no verdict was heard.
 *
 * @param since the step that started its clock
 */
public record Awaited(Handed since, String clause, Instant due) {

  static List<Awaited> in(Fact[] facts) {
    var running = new HashMap<UUID, Map<String, Awaited>>();
    for (var fact : facts) {
      if (fact instanceof Handed step) {
        var clocks = running.computeIfAbsent(step.handoffId(), _ -> new HashMap<>());
        for (var clock : step.clocks()) {
          var due = clock.dueAt();
          if (clock.change() == ClockChange.STARTED && due != null) {
            clocks.put(clock.clauseId(), new Awaited(step, clock.clauseId(), due));
          } else {
            clocks.remove(clock.clauseId());
          }
        }
      }
    }
    var awaited = new ArrayList<Awaited>();
    running
        .values()
        .forEach(
            clocks ->
                clocks.values().stream()
                    .filter(each -> !each.isJudged(facts))
                    .forEach(awaited::add));
    return awaited;
  }

  private boolean isJudged(Fact[] facts) {
    for (var fact : facts) {
      var judged =
          switch (fact) {
            case Kept kept ->
                kept.clause().equals(clause)
                    && since.passId().equals(kept.passId())
                    && !kept.judged().isBefore(since.at());
            case Broken broken ->
                broken.clause().equals(clause)
                    && since.passId().equals(broken.passId())
                    && !broken.judged().isBefore(since.at());
            default -> false;
          };
      if (judged) {
        return true;
      }
    }
    return false;
  }
}
