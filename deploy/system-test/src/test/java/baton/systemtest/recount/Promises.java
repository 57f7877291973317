package baton.systemtest.recount;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the topics say of promises about handoffs: which clocks the steps started and stopped, and
 * what was judged. Each clock that was started is kept, or broken, or ended with its handoff; once,
 * and not told to be broken before it was due. Where nobody is given another seller's lead, a
 * clause has one clock for each handoff.
 */
public final class Promises {
  private static final Set<String> ENDS = Set.of("rejected", "returned", "closed");

  /** A verdict that a promise was broken. */
  public record Breach(String what, Instant due, Instant judged) {
    public Duration late() {
      return Duration.between(due, judged);
    }
  }

  private final Map<String, Instant> due = new TreeMap<>();
  private final Set<String> ended = new TreeSet<>();
  private final Map<String, Integer> met = new TreeMap<>();
  private final Map<String, Integer> broken = new TreeMap<>();
  private final Set<String> excused = new TreeSet<>();
  private final List<Breach> breaches = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  private Promises() {}

  public static Promises of(Log log) {
    var promises = new Promises();
    log.on("lead-handoff").forEach(promises::stepped);
    log.on("sla-met").forEach(promises::kept);
    for (var told : log.on("sla-breach")) {
      switch (String.valueOf(told.text("step"))) {
        case "breached" -> promises.broken(told);
        case "excused" -> promises.excused.add(what(told));
        default -> {}
      }
    }
    return promises;
  }

  private void stepped(Told step) {
    if (step.fields().get("clocks") instanceof List<?> clocks) {
      for (var each : clocks) {
        var clock = (Map<?, ?>) each;
        var what = step.text("handoffId") + " " + clock.get("clauseId");
        if ("started".equals(clock.get("change"))) {
          if (due.put(what, Instant.parse(String.valueOf(clock.get("dueAt")))) != null) {
            faults.add(what + " was started twice");
          }
        } else if (ENDS.contains(String.valueOf(step.text("step")))) {
          ended.add(what);
        }
      }
    }
  }

  private void kept(Told told) {
    met.merge(what(told), 1, Integer::sum);
    if (at(told, "occurredAt").isAfter(at(told, "dueAt"))) {
      faults.add(what(told) + " was kept after it was due");
    }
  }

  private void broken(Told told) {
    broken.merge(what(told), 1, Integer::sum);
    var breach = new Breach(what(told), at(told, "dueAt"), at(told, "judgedAt"));
    breaches.add(breach);
    if (breach.late().isNegative() || told.written().isBefore(breach.due())) {
      faults.add(
          "%s was due %s, judged %s and told %s"
              .formatted(breach.what(), breach.due(), breach.judged(), told.written()));
    }
  }

  /** What is wrong with the verdicts; those that are still to come are. */
  public List<String> faults() {
    var all = new ArrayList<>(faults);
    due.forEach(
        (what, _) -> {
          int verdicts = met.getOrDefault(what, 0) + broken.getOrDefault(what, 0);
          if (verdicts > 1 || (verdicts == 0 && !ended.contains(what))) {
            all.add(
                "%s was kept %d times and broken %d times"
                    .formatted(what, met.getOrDefault(what, 0), broken.getOrDefault(what, 0)));
          }
        });
    judged().stream()
        .filter(what -> !due.containsKey(what))
        .forEach(what -> all.add(what + " was judged and never started"));
    return all;
  }

  /**
   * As {@code GET /handoffs} says it: {@code met}, {@code broken} or {@code cancelled}; and {@code
   * excused} where it turned out that the promise was kept, or its handoff ended, in time: both may
   * be told late.
   */
  public Map<String, String> states() {
    var states = new TreeMap<String, String>();
    due.keySet().forEach(what -> states.put(what, state(what)));
    return states;
  }

  private String state(String what) {
    if (excused.contains(what)) {
      return "excused";
    }
    if (met.containsKey(what)) {
      return "met";
    }
    return broken.containsKey(what) ? "broken" : "cancelled";
  }

  public boolean excused(String what) {
    return excused.contains(what);
  }

  public List<Breach> breaches() {
    return List.copyOf(breaches);
  }

  public int met() {
    return met.values().stream().mapToInt(Integer::intValue).sum();
  }

  private Set<String> judged() {
    var judged = new TreeSet<>(met.keySet());
    judged.addAll(broken.keySet());
    return judged;
  }

  private static String what(Told told) {
    return told.text("handoffId") + " " + told.text("clauseId");
  }

  private static Instant at(Told told, String field) {
    return Instant.parse(String.valueOf(told.text(field)));
  }
}
