package baton.reporting.whatif;

import baton.charter.Agreement;
import baton.charter.Clause;
import baton.charter.clause.Deed;
import baton.charter.clause.Moves;
import baton.contracts.BreachStep;
import baton.contracts.ClockChange;
import baton.contracts.ClockStep;
import baton.contracts.HandoffStep;
import baton.contracts.OutcomeResult;
import baton.contracts.Side;
import baton.reporting.journey.Awaited;
import baton.reporting.journey.Fact;
import baton.reporting.journey.Fact.Became;
import baton.reporting.journey.Fact.Broken;
import baton.reporting.journey.Fact.Handed;
import baton.reporting.journey.Fact.Kept;
import baton.reporting.journey.Fact.Qualified;
import baton.reporting.journey.Fact.Rated;
import baton.reporting.journey.Journey;
import baton.reporting.whatif.Keeping.Episode;
import baton.reporting.whatif.Keeping.How;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Replays a draft. What the charters that governed don't make of a life again, as it happened, is
 * left as it happened: then something decided it that isn't known here. So a draft that says what
 * they said changes nothing.
 */
public final class WhatIf {
  private final Agreement draft;
  private final Law drafted;
  private final Law inForce;
  private final Map<Integer, Boolean> alike = new ConcurrentHashMap<>();

  /**
   * @param journey as it would have been; the very same one where nothing would have been otherwise
   * @param reproduced whether its passes are what the charters that governed make of its life
   * @param approximated how many promises would come out otherwise, of which the charters that
   *     governed don't make what they came to
   */
  public record Replayed(Journey journey, boolean reproduced, int approximated) {}

  public WhatIf(Agreement draft, Law inForce) {
    this.draft = draft;
    this.drafted = Law.of(draft);
    this.inForce = inForce;
  }

  /** What an open promise comes to is asked at {@code now}. */
  public Replayed of(Journey journey, Instant now) {
    if (journey.retracted()) {
      return new Replayed(journey, true, 0);
    }
    var trips = Trip.of(journey);
    var life = Life.of(journey);
    if (life == null) {
      return new Replayed(journey, trips.isEmpty(), 0);
    }
    return new Replay(journey, life, trips, now).played();
  }

  /** Nothing yet, to be counted by the draft. */
  public Delivered delivered() {
    return new Delivered(draft);
  }

  /**
   * Counts what marketing delivered with a lead.
   *
   * @param asked whether it is asked about what happened then
   */
  public void deliver(Journey journey, Predicate<Instant> asked, Delivered into) {
    var life = into.isPromised() && !journey.retracted() ? Life.of(journey) : null;
    if (life == null) {
      return;
    }
    for (var fact : journey.facts()) {
      switch (fact) {
        case Qualified pass when asked.test(pass.at()) ->
            into.mql(pass.at(), () -> life.handedOver(pass));
        case Handed step when asked.test(step.at()) -> {
          switch (step.step()) {
            case ACCEPTED, DEEMED_ACCEPTED -> into.decided(step.at(), null);
            case REJECTED -> into.decided(step.at(), step.reason());
            case OFFERED,
                QUALIFIED,
                RETURNED,
                REASSIGNED,
                ATTEMPTED,
                CONNECTED,
                CLOSED,
                REFUSED -> {}
          }
        }
        default -> {}
      }
    }
  }

  /**
   * Whether who is ready by this charter is by the draft: it says the same of all that decides it.
   */
  private boolean judgesAs(Law.Version governing) {
    return alike.computeIfAbsent(
        governing.number(),
        _ -> {
          var terms = draft.terms();
          var others = governing.agreement().terms();
          return terms.tiers().equals(others.tiers())
              && terms.personas().equals(others.personas())
              && terms.scoring().equals(others.scoring());
        });
  }

  /** One journey being replayed. */
  private final class Replay {
    private final Journey journey;
    private final Life life;
    private final List<Trip> trips;
    private final Instant now;

    private final Set<UUID> lost = new HashSet<>();
    private final Map<UUID, Qualified> requalified = new HashMap<>();
    private final Map<UUID, Set<String>> judgedAnew = new HashMap<>();
    private final Set<UUID> standing = new HashSet<>();
    private final Map<Handed, List<ClockStep>> clocks = new LinkedHashMap<>();
    private final List<Fact> others = new ArrayList<>();
    private int approximated;
    private long made;

    Replay(Journey journey, Life life, List<Trip> trips, Instant now) {
      this.journey = journey;
      this.life = life;
      this.trips = trips;
      this.now = now;
    }

    Replayed played() {
      var governed = Crossing.of(life, trips, inForce);
      var reproduced = governed.stream().map(Crossing::trip).toList().equals(trips);
      if (reproduced) {
        cross(
            governed,
            life.moments().stream().allMatch(moment -> judgesAs(inForce.at(moment.at())))
                ? governed
                : Crossing.of(life, trips, drafted));
      }
      for (var trip : trips) {
        if (!lost.contains(trip.qualified().passId())) {
          keep(trip);
        }
      }
      return new Replayed(instead(), reproduced, approximated);
    }

    // ---- the line

    private void cross(List<Crossing> governed, List<Crossing> drafted) {
      trips.forEach(trip -> lost.add(trip.qualified().passId()));
      for (var crossing : drafted) {
        var trip = crossing.trip();
        if (trip == null) {
          others.add(qualified(crossing, new UUID(-1, made++), crossing.at(), 0));
        } else {
          var pass = trip.qualified();
          var before = governed.get(trips.indexOf(trip));
          lost.remove(pass.passId());
          if (!crossing.isAs(before)) {
            var at = crossing.at().equals(before.at()) ? pass.at() : crossing.at();
            requalified.put(pass.passId(), qualified(crossing, pass.passId(), at, pass.charter()));
          }
        }
      }
      others.addAll(requalified.values());
    }

    private Qualified qualified(Crossing crossing, UUID pass, Instant at, int charter) {
      var judgement = crossing.judgement();
      return new Qualified(
          at,
          charter,
          pass,
          judgement.readiness().why(),
          judgement.persona().id(),
          crossing.segment(),
          judgement.tier(),
          null,
          judgement.score().stripTrailingZeros());
    }

    // ---- promises

    private void keep(Trip trip) {
      var happened = trip.qualified();
      var pass = happened.passId();
      var steps = steps(pass);
      if (steps.isEmpty()
          || steps.getFirst().step() != HandoffStep.OFFERED
          || !steps.getFirst().handoffId().equals(steps.getLast().handoffId())) {
        return;
      }
      var deeds = deeds(pass, steps);
      var governed = inForce.version(happened.charter());
      var before =
          happened.charter() == 0
              ? Map.<String, List<Episode>>of()
              : promised(governed, happened, steps, deeds);
      var after = promised(draft, requalified.getOrDefault(pass, happened), steps, deeds);
      var clauses = new TreeSet<>(before.keySet());
      clauses.addAll(after.keySet());
      for (var clause : clauses) {
        judge(
            pass,
            clause,
            steps,
            before.getOrDefault(clause, List.of()),
            after.getOrDefault(clause, List.of()));
      }
    }

    private Map<String, List<Episode>> promised(
        Agreement charter, Qualified pass, List<Handed> steps, List<Deed> deeds) {
      var facts = life.handedOver(pass);
      var keeping = new Keeping(charter, steps, deeds, now);
      var promised = new LinkedHashMap<String, List<Episode>>();
      for (Clause.Timed clause : Moves.promised(charter, facts)) {
        promised.put(clause.id(), keeping.of(clause));
      }
      return promised;
    }

    private void judge(
        UUID pass, String clause, List<Handed> steps, List<Episode> before, List<Episode> after) {
      if (same(before, after)) {
        return;
      }
      var happened = Verdicted.of(journey, pass, clause, now);
      var reproduced = reproduced(before, happened);
      if (!reproduced) {
        approximated += Math.max(after.size(), happened.size());
      }
      judgedAnew.computeIfAbsent(pass, _ -> new HashSet<>()).add(clause);
      steps.forEach(step -> stop(step, clause));
      for (int i = 0; i < after.size(); i++) {
        var episode = after.get(i);
        var stands = reproduced ? standing(episode, before, happened) : null;
        if (stands != null && stands.verdictId() != null) {
          standing.add(stands.verdictId());
        } else if (episode.how() == How.OPEN) {
          start(episode, clause, stands == null ? episode.due() : stands.due());
        } else {
          var excused =
              reproduced
                  && i < happened.size()
                  && happened.get(i).excused()
                  && before.get(i).since().equals(episode.since());
          others.add(verdict(pass, clause, episode, excused));
        }
      }
    }

    private static boolean same(List<Episode> before, List<Episode> after) {
      if (before.size() != after.size()) {
        return false;
      }
      for (int i = 0; i < before.size(); i++) {
        if (!before.get(i).isAs(after.get(i))) {
          return false;
        }
      }
      return true;
    }

    private static boolean reproduced(List<Episode> before, List<Verdicted> happened) {
      if (before.size() != happened.size()) {
        return false;
      }
      for (int i = 0; i < before.size(); i++) {
        if (!happened.get(i).is(before.get(i).how())) {
          return false;
        }
      }
      return true;
    }

    private static @Nullable Verdicted standing(
        Episode episode, List<Episode> before, List<Verdicted> happened) {
      for (int i = 0; i < before.size(); i++) {
        if (before.get(i).isAs(episode)) {
          return happened.get(i);
        }
      }
      return null;
    }

    private void stop(Handed step, String clause) {
      var running = clocks.getOrDefault(step, step.clocks());
      if (running.stream().anyMatch(clock -> clock.clauseId().equals(clause))) {
        clocks.put(
            step, running.stream().filter(clock -> !clock.clauseId().equals(clause)).toList());
      }
    }

    private void start(Episode episode, String clause, Instant due) {
      var step = episode.since();
      var running = new ArrayList<>(clocks.getOrDefault(step, step.clocks()));
      running.add(new ClockStep(clause, ClockChange.STARTED, due));
      clocks.put(step, running);
    }

    private Fact verdict(UUID pass, String clause, Episode episode, boolean excused) {
      var since = episode.since();
      var id = new UUID(-2, made++);
      return episode.how() == How.MET
          ? new Kept(
              episode.judged(),
              since.charter(),
              id,
              clause,
              Side.SALES,
              since.seller(),
              since.team(),
              pass,
              since.at(),
              episode.due(),
              episode.judged())
          : new Broken(
              episode.judged(),
              since.charter(),
              id,
              1,
              excused ? BreachStep.EXCUSED : BreachStep.BREACHED,
              clause,
              Side.SALES,
              since.seller(),
              since.team(),
              pass,
              since.at(),
              episode.due(),
              episode.judged(),
              null);
    }

    private List<Handed> steps(UUID pass) {
      return journey.facts().stream()
          .filter(Handed.class::isInstance)
          .map(Handed.class::cast)
          .filter(step -> step.passId().equals(pass) && step.step() != HandoffStep.REFUSED)
          .sorted(Comparator.comparing(Handed::handoffId).thenComparing(Handed::revision))
          .toList();
    }

    private List<Deed> deeds(UUID pass, List<Handed> steps) {
      var began = trips.stream().map(Trip::qualified).toList();
      var deeds = new ArrayList<Deed>();
      steps.forEach(
          step ->
              deeds.addAll(
                  Moves.deeds(step.step(), step.at(), step.channel(), step.seller() != null)));
      for (var fact : journey.facts()) {
        switch (fact) {
          case Became became
              when became.result() != OutcomeResult.VOIDED
                  && pass.equals(Trip.pass(became.passId(), became.at(), began)) ->
              deeds.add(Deed.of(Deed.Kind.OUTCOME, became.at()));
          case Rated rated when pass.equals(Trip.pass(rated.passId(), rated.at(), began)) -> {
            if (rated.rating() != null) {
              deeds.add(Deed.of(Deed.Kind.RATED, rated.at()));
            }
            if (!rated.reasons().isEmpty()) {
              deeds.add(Deed.of(Deed.Kind.REASONED, rated.at()));
            }
          }
          default -> {}
        }
      }
      return deeds;
    }

    // ---- the journey

    private Journey instead() {
      clocks.forEach((step, running) -> others.add(step.with(running)));
      for (var fact : journey.facts()) {
        if (fact instanceof Became became && isLost(became.passId())) {
          others.add(became.outside());
        }
      }
      return others.isEmpty() && lost.isEmpty() && judgedAnew.isEmpty()
          ? journey
          : journey.had(this::isOtherwise, others);
    }

    private boolean isOtherwise(Fact fact) {
      return switch (fact) {
        case Qualified pass -> isLost(pass.passId()) || requalified.containsKey(pass.passId());
        case Handed step -> isLost(step.passId()) || clocks.containsKey(step);
        case Became became -> isLost(became.passId());
        case Rated rated -> isLost(rated.passId());
        case Kept kept ->
            isLost(kept.passId()) || isJudgedAnew(kept.passId(), kept.clause(), kept.verdictId());
        case Broken broken ->
            isLost(broken.passId())
                || isJudgedAnew(broken.passId(), broken.clause(), broken.breachId());
        default -> false;
      };
    }

    private boolean isLost(@Nullable UUID pass) {
      return pass != null && lost.contains(pass);
    }

    private boolean isJudgedAnew(@Nullable UUID pass, String clause, UUID verdict) {
      return pass != null
          && judgedAnew.getOrDefault(pass, Set.of()).contains(clause)
          && !standing.contains(verdict);
    }
  }

  /**
   * What a promise came to.
   *
   * @param verdictId null while nobody judged it
   */
  private record Verdicted(
      @Nullable UUID verdictId, Instant started, Instant due, How how, boolean excused) {

    static List<Verdicted> of(Journey journey, UUID pass, String clause, Instant now) {
      var verdicts = new ArrayList<Verdicted>(1);
      for (var fact : journey.facts()) {
        if (fact instanceof Kept kept
            && pass.equals(kept.passId())
            && kept.clause().equals(clause)) {
          verdicts.add(new Verdicted(kept.verdictId(), kept.started(), kept.due(), How.MET, false));
        }
      }
      for (Broken broken : journey.breaches()) {
        if (pass.equals(broken.passId()) && broken.clause().equals(clause)) {
          verdicts.add(
              new Verdicted(
                  broken.breachId(), broken.started(), broken.due(), How.BROKEN, broken.excused()));
        }
      }
      for (Awaited open : journey.awaited()) {
        if (pass.equals(open.since().passId()) && open.clause().equals(clause)) {
          var how = open.due().isBefore(now) ? How.BROKEN : How.OPEN;
          verdicts.add(new Verdicted(null, open.since().at(), open.due(), how, false));
        }
      }
      verdicts.sort(Comparator.comparing(Verdicted::started));
      return verdicts;
    }

    /** What was kept in time and told late was broken first, and excused. */
    boolean is(How other) {
      return how == other || (excused && other == How.MET);
    }
  }
}
