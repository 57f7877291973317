package baton.reporting.funnel;

import baton.reporting.journey.Fact.Handed;
import baton.reporting.journey.How;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What leads count for together, as far as a replay tells it: read from what each contributes, as
 * the cells of the reports are.
 */
public final class Tally {
  private static final String NOBODY = "";

  private long leads;
  private long passes;
  private final Map<String, Long> personas = new TreeMap<>();
  private final Map<String, Long> tiers = new TreeMap<>();
  private final SortedMap<Promises.Clause, Promises> promises = new TreeMap<>();
  private final Map<String, Long> decisions = new HashMap<>();
  private final Map<String, Load> sellers = new TreeMap<>();
  private final Map<String, Load> teams = new TreeMap<>();

  /**
   * Adds a lead, and answers which of its passes are asked about.
   *
   * @param keys under which it is counted
   */
  Set<UUID> add(Question asked, Journey journey, Contribution of, Dimensions keys, Instant now) {
    var counts = new Counts();
    of.parts()
        .forEach(
            (part, weight) -> {
              if (part instanceof Part.Entered entered
                  && entered.stage() == Stage.MQL
                  && asked.of(WhichPasses.ANY).asks(entered)
                  && asked.lets(keys)
                  && entered.how() != How.INFERRED) {
                leads += weight;
              }
              if (part instanceof Part.Noted noted
                  && isTold(noted.matter())
                  && asked.of(WhichPasses.ALL).asks(noted)
                  && asked.lets(keys.of(noted))) {
                noted.terms().forEach(term -> counts.add(noted.matter(), term, weight));
              }
            });
    Promises.of(counts, now)
        .forEach((clause, each) -> promises.merge(clause, each, Promises::plus));
    counts
        .noted(Matter.DECISION)
        .forEach((term, count) -> decisions.merge(Term.words(term).getFirst(), count, Long::sum));
    return passes(asked, journey, keys);
  }

  private static boolean isTold(Matter matter) {
    return matter == Matter.PROMISE || matter == Matter.OPEN_PROMISE || matter == Matter.DECISION;
  }

  private Set<UUID> passes(Question asked, Journey journey, Dimensions keys) {
    var all = journey.passes();
    var entry = journey.retracted() ? null : Contribution.entry(journey, all);
    if (entry == null) {
      return Set.of();
    }
    int cohort = Quarter.of(entry.at());
    if (asked.lets(keys)) {
      handoffs(asked, cohort, journey, keys);
    }
    var counted = new HashSet<UUID>();
    for (var pass : all) {
      var mql = pass.mql();
      var qualified = journey.qualified(pass);
      if (qualified != null
          && mql.how() == How.EXPLICIT
          && asked.lets(keys)
          && asked.asks(cohort, Quarter.of(mql.at()), Quarter.lag(entry.at(), mql.at()))) {
        passes++;
        personas.merge(label(qualified.persona()), 1L, Long::sum);
        tiers.merge(label(qualified.tier()), 1L, Long::sum);
        counted.add(Objects.requireNonNull(pass.id()));
      }
    }
    return counted;
  }

  private void handoffs(Question asked, int cohort, Journey journey, Dimensions keys) {
    var handoffs = new HashMap<UUID, List<Handed>>();
    for (var fact : journey.facts()) {
      if (fact instanceof Handed step) {
        handoffs.computeIfAbsent(step.handoffId(), _ -> new ArrayList<>()).add(step);
      }
    }
    for (var steps : handoffs.values()) {
      Load.of(
          steps,
          (seller, team, from, until) -> {
            if (asked.asks(cohort, from, 0)) {
              sellers.computeIfAbsent(label(seller), _ -> new Load()).add(from, until);
              if (team != null) {
                teams.computeIfAbsent(team, _ -> new Load()).add(from, until);
              }
            }
          });
    }
  }

  private static String label(@Nullable String word) {
    return word == null ? NOBODY : word;
  }

  void add(Tally other) {
    leads += other.leads;
    passes += other.passes;
    other.personas.forEach((persona, count) -> personas.merge(persona, count, Long::sum));
    other.tiers.forEach((tier, count) -> tiers.merge(tier, count, Long::sum));
    other.promises.forEach((clause, each) -> promises.merge(clause, each, Promises::plus));
    other.decisions.forEach((word, count) -> decisions.merge(word, count, Long::sum));
    other.sellers.forEach(
        (seller, load) -> sellers.computeIfAbsent(seller, _ -> new Load()).add(load));
    other.teams.forEach((team, load) -> teams.computeIfAbsent(team, _ -> new Load()).add(load));
  }

  public long leads() {
    return leads;
  }

  public long passes() {
    return passes;
  }

  /** Passes by persona; an empty one where there is none. */
  public Map<String, Long> personas() {
    return personas;
  }

  public Map<String, Long> tiers() {
    return tiers;
  }

  public SortedMap<Promises.Clause, Promises> promises() {
    return promises;
  }

  /** {@code accepted}, {@code rejected}, {@code deemed} or {@code open}. */
  public long decided(String how) {
    return decisions.getOrDefault(how, 0L);
  }

  public Map<String, Load> sellers() {
    return sellers;
  }

  public Map<String, Load> teams() {
    return teams;
  }
}
