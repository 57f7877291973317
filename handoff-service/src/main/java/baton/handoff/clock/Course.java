package baton.handoff.clock;

import baton.charter.Clause;
import baton.charter.clause.Clock;
import baton.charter.clause.Moves;
import baton.charter.clause.Verdict;
import baton.charter.expression.Facts;
import baton.contracts.ClockChange;
import baton.contracts.ClockStep;
import baton.contracts.HandoffStep;
import baton.contracts.LeadHandoff;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The promises about one handoff or request as things happen to it. Clocks start when Baton learns
 * what starts them, never at an earlier {@code occurredAt}; a step that keeps a promise, or ends
 * what it is about, stops its clock. Whether one ran out is left to the clock, with one exception:
 * a clock that has run out unjudged isn't started anew without its verdict. A clock that can't be
 * judged gets stuck, and holds no other up.
 */
public final class Course {
  private final Terms terms;
  private final Instant now;
  private final Map<String, Promise> promises = new LinkedHashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private final List<Judged> verdicts = new ArrayList<>();
  private final Map<String, RuntimeException> stuck = new LinkedHashMap<>();

  public Course(List<Promise> promises, Terms terms, Instant now) {
    this.terms = terms;
    this.now = now;
    promises.forEach(promise -> this.promises.put(promise.clauseId(), promise));
  }

  /** What sales promised about a new handoff; nothing about one that came before any charter. */
  public static List<Promise> promised(
      UUID handoffId, int charterVersion, Terms terms, Facts facts) {
    return Moves.promised(terms.agreement(charterVersion), facts).stream()
        .map(clause -> Promise.waiting(handoffId, clause.id(), charterVersion))
        .toList();
  }

  /** What marketing promised about what sales asks it for. */
  public static List<Promise> promisedReply(UUID requestId, int charterVersion, Terms terms) {
    return terms.agreement(charterVersion).terms().marketing().stream()
        .filter(Clause.ContentReply.class::isInstance)
        .map(clause -> Promise.waiting(requestId, clause.id(), charterVersion))
        .toList();
  }

  /**
   * Takes the steps of a handoff, of whose {@code history} they are the end, and tells them again
   * with the clocks they started and stopped.
   */
  public List<LeadHandoff> taken(List<LeadHandoff> steps, History history) {
    var told = new ArrayList<LeadHandoff>();
    for (var step : steps) {
      var last = step == steps.getLast();
      var moved = new ArrayList<ClockStep>();
      begin(step, history, moved);
      if (last) {
        settle(history, Moves.ends(step.step()), moved);
      }
      told.add(moved.isEmpty() ? step : step.with(step.revision(), moved));
    }
    return told;
  }

  /** A request was heard of: its answer is owed from now on. */
  public void asked(String startedBy) {
    for (var promise : List.copyOf(promises.values())) {
      if (promise.state() == State.WAITING
          && terms.clause(promise) instanceof Clause.ContentReply clause) {
        var calendar =
            terms.agreement(promise.charterVersion()).calendar(clause.limit().calendar());
        put(
            promise.running(
                Clock.start(clause, promise.charterVersion(), calendar, now, startedBy), null));
      }
    }
  }

  /** Something was done that is no step of a handoff. */
  public void done(History history) {
    settle(history, false, new ArrayList<>());
  }

  /** Judges a clock that ran out; a deadline that time zone rules moved stays open until then. */
  public void due(String clauseId, History history) {
    var promise = promises.get(clauseId);
    if (promise != null && promise.state() == State.RUNNING) {
      judge(promise, history, true, new ArrayList<>());
    }
  }

  /** The instant of PostgreSQL's clock at which all this is looked at. */
  public Instant at() {
    return now;
  }

  public List<Promise> changed() {
    return changed.stream().map(promises::get).toList();
  }

  public List<Promise> untouched() {
    return promises.values().stream()
        .filter(promise -> !changed.contains(promise.clauseId()))
        .toList();
  }

  /** By clause, the clocks that can't be judged, and why. */
  public Map<String, RuntimeException> stuck() {
    return Collections.unmodifiableMap(stuck);
  }

  public List<Judged> verdicts() {
    return List.copyOf(verdicts);
  }

  private void begin(LeadHandoff step, History history, List<ClockStep> moved) {
    for (var promise : List.copyOf(promises.values())) {
      var clause = terms.clause(promise);
      if (clause == null) {
        continue;
      }
      var starts =
          step.step() == HandoffStep.REASSIGNED
              ? Moves.owedAnew(clause)
              : promise.state() == State.WAITING
                  && Moves.starts(clause, step.step(), step.sellerId() != null);
      if (starts) {
        if (promise.state() == State.RUNNING) {
          judge(promise, history, true, moved);
        }
        start(promise, clause, step, moved);
      }
    }
  }

  private static String startedBy(LeadHandoff step) {
    return switch (step.step()) {
      case OFFERED ->
          step.sellerId() == null ? "nobody was eligible" : "offered to " + step.sellerId();
      case REASSIGNED -> "reassigned to " + step.sellerId();
      case DEEMED_ACCEPTED -> "accepted by silence";
      case ACCEPTED, QUALIFIED, REJECTED, RETURNED, ATTEMPTED, CONNECTED, CLOSED, REFUSED ->
          step.step().word() + (step.sellerId() == null ? "" : " by " + step.sellerId());
    };
  }

  private void start(
      Promise promise, Clause.Timed clause, LeadHandoff step, List<ClockStep> moved) {
    var charter = terms.agreement(promise.charterVersion());
    var seller = step.sellerId();
    var his =
        seller != null && clause.limit().calendar().equals(Clause.Limit.ASSIGNEE)
            ? terms.hours(seller)
            : null;
    var calendar =
        his == null ? charter.calendar(clause.limit().calendar()) : terms.calendar(his, charter);
    var anew = step.step() == HandoffStep.REASSIGNED;
    var clock =
        new Clock(
            clause,
            promise.charterVersion(),
            calendar,
            now,
            startedBy(step),
            anew,
            promise.mqlsThatDay(),
            List.of(),
            List.of());
    if (clause.limit().relax() != null && promise.mqlsThatDay() == null) {
      clock = clock.onDayWith(terms.mqlsOnTheDayOf(now, calendar));
    }
    put(promise.running(clock, his));
    stuck.remove(promise.clauseId());
    moved.add(new ClockStep(promise.clauseId(), ClockChange.STARTED, clock.due()));
  }

  private void settle(History history, boolean ended, List<ClockStep> moved) {
    for (var promise : List.copyOf(promises.values())) {
      switch (promise.state()) {
        case RUNNING -> judge(promise, history, false, moved);
        case BROKEN -> orStuck(promise, () -> again(promise, history, ended));
        case WAITING -> {
          if (ended) {
            put(promise.judged(State.CANCELLED, now, null));
          }
        }
        case MET, CANCELLED -> {}
      }
    }
  }

  private void judge(Promise promise, History history, boolean brokenToo, List<ClockStep> moved) {
    orStuck(promise, () -> judgeOrFail(promise, history, brokenToo, moved));
  }

  private void orStuck(Promise promise, Runnable judging) {
    try {
      judging.run();
    } catch (RuntimeException unjudgeable) {
      stuck.put(promise.clauseId(), unjudgeable);
    }
  }

  private void judgeOrFail(
      Promise promise, History history, boolean brokenToo, List<ClockStep> moved) {
    var clock = clock(promise, history);
    if (clock == null) {
      return;
    }
    var verdict = clock.judged(history.deeds(), now);
    switch (verdict) {
      case Verdict.Met _ -> {
        put(promise.judged(State.MET, now, null), clock, verdict, history);
        moved.add(new ClockStep(promise.clauseId(), ClockChange.STOPPED, null));
      }
      case Verdict.NotJudged _ -> {
        put(promise.judged(State.CANCELLED, now, null));
        moved.add(new ClockStep(promise.clauseId(), ClockChange.STOPPED, null));
      }
      case Verdict.Broken broken -> {
        if (brokenToo) {
          put(promise.judged(State.BROKEN, now, broken.keptAt()), clock, verdict, history);
        }
      }
      case Verdict.Open open -> {
        var due = open.dueAt();
        if (due == null || !due.equals(promise.dueAt())) {
          put(promise.due(due, promise.warnAt() == null ? null : clock.warning()));
        }
      }
    }
  }

  /** A broken promise may turn out to have been kept in time, or is kept late, or owed no more. */
  private void again(Promise promise, History history, boolean ended) {
    if (!reconsider(promise, history)
        && ended
        && promise.settledAt() == null
        && !(terms.clause(promise) instanceof Clause.Feedback)) {
      put(promise.settled(now));
    }
  }

  private boolean reconsider(Promise promise, History history) {
    var clock = clock(promise, history);
    if (clock == null) {
      return false;
    }
    var verdict = clock.judged(history.deeds(), now);
    switch (verdict) {
      case Verdict.Met _ -> put(promise.judged(State.MET, now, now), clock, verdict, history);
      case Verdict.NotJudged _ ->
          put(promise.judged(State.CANCELLED, now, now), clock, verdict, history);
      case Verdict.Broken broken -> {
        if (broken.keptAt() == null) {
          return false;
        }
        if (promise.settledAt() == null) {
          put(promise.settled(broken.keptAt()));
        }
      }
      case Verdict.Open _ -> {
        return false;
      }
    }
    return true;
  }

  private @Nullable Clock clock(Promise promise, History history) {
    var clause = terms.clause(promise);
    return clause == null
        ? null
        : promise.clock(clause, terms.calendar(promise, clause), history.owners());
  }

  private void put(Promise promise) {
    promises.put(promise.clauseId(), promise);
    changed.add(promise.clauseId());
  }

  private void put(Promise promise, Clock clock, Verdict verdict, History history) {
    var judged = Judged.of(promise, clock, verdict, history, now);
    put(promise);
    verdicts.add(judged);
  }
}
