package baton.reporting.fold;

import baton.contracts.Event;
import baton.contracts.LeadMerged;
import baton.contracts.LeadUnmerged;
import baton.reporting.funnel.Contribution;
import baton.reporting.funnel.Deltas;
import baton.reporting.funnel.RouteChanges;
import baton.reporting.journey.Group;
import baton.reporting.journey.Journey;
import baton.reporting.journey.WorkingTime;
import baton.reporting.restatement.By;
import baton.reporting.restatement.Restating;
import baton.reporting.restatement.Restating.Moves;
import baton.reporting.restatement.Restating.Place;
import baton.reporting.verdict.Changes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A batch on its way into the journeys. Leads that are or become one with others count together:
 * before these can be counted all of them must be known, though the batch tells only of some.
 */
public final class Folding {
  private final Map<Integer, Map<UUID, List<Event>>> told;
  private final WorkingTime time;
  private final Restating restating;
  private final Map<UUID, Journey> before;
  private final Map<UUID, Journey> after = new HashMap<>();

  /** Those told about whose merges count or counted, and where they are counted. */
  private final TreeMap<UUID, Integer> merged = new TreeMap<>();

  /**
   * @param known the journeys that exist of those told about
   */
  public Folding(
      Map<Integer, Map<UUID, List<Event>>> told,
      Map<UUID, Journey> known,
      WorkingTime time,
      Restating restating) {
    this.told = told;
    this.time = time;
    this.restating = restating;
    this.before = new HashMap<>(known);
    told.forEach(
        (partition, leads) -> leads.forEach((lead, events) -> tell(partition, lead, events)));
  }

  private void tell(int partition, UUID lead, List<Event> events) {
    var known = before(lead);
    var journey = known;
    for (var event : events) {
      journey = journey.with(event, time);
    }
    if (journey == known) {
      return;
    }
    after.put(lead, journey);
    if (!known.merges().isEmpty() || !journey.merges().isEmpty()) {
      merged.put(lead, partition);
    }
  }

  /** All leads whose journeys decide how those told about count, as far as is known. */
  public SortedSet<UUID> kin() {
    return kin(merged.keySet());
  }

  private SortedSet<UUID> kin(Collection<UUID> some) {
    var kin = new TreeSet<UUID>();
    var next = new ArrayDeque<>(some);
    while (!next.isEmpty()) {
      var lead = next.remove();
      if (kin.add(lead)) {
        Stream.of(before(lead), after(lead))
            .flatMap(journey -> journey.merges().stream())
            .map(merge -> merge.other(lead))
            .forEach(next::add);
      }
    }
    return kin;
  }

  /** Those of the kin that the batch doesn't tell about. */
  public SortedSet<UUID> others() {
    var others = kin();
    told.values().forEach(leads -> others.removeAll(leads.keySet()));
    return others;
  }

  /**
   * Of these, the journeys that exist; what was known of them before no longer is.
   *
   * @param asked none of those told about
   */
  public void know(Collection<UUID> asked, Map<UUID, Journey> found) {
    asked.forEach(lead -> before.put(lead, found.getOrDefault(lead, Journey.UNTRAVELLED)));
  }

  /** Whether anything is known of this lead, be it that there is nothing to know. */
  public boolean knows(UUID lead) {
    return before.containsKey(lead);
  }

  /** What the batch changes. */
  public Folded folded() {
    var begun = new TreeMap<UUID, Journey>();
    var extended = new TreeMap<UUID, Journey>();
    var deltasOf = new TreeMap<Integer, Deltas>();
    var routesOf = new TreeMap<Integer, RouteChanges>();
    var verdictsOf = new TreeMap<Integer, Changes>();
    told.forEach(
        (partition, leads) -> {
          var deltas = new Deltas();
          var routes = new RouteChanges();
          var verdicts = new Changes();
          leads.forEach(
              (lead, events) -> {
                var journey = after.get(lead);
                if (journey != null) {
                  var known = before(lead);
                  if (!merged.containsKey(lead)) {
                    var moves = restating.moves();
                    count(deltas, routes, moves, known, journey);
                    restating.add(moves, () -> causes(lead, known, events));
                  }
                  if (Changes.mayCome(events)) {
                    verdicts.replace(known, journey);
                  }
                  (before.containsKey(lead) ? extended : begun).put(lead, journey);
                }
              });
          deltasOf.put(partition, deltas);
          routesOf.put(partition, routes);
          verdictsOf.put(partition, verdicts);
        });
    if (!merged.isEmpty()) {
      var partition = merged.firstEntry().getValue();
      countGroups(
          deltasOf.getOrDefault(partition, new Deltas()),
          routesOf.getOrDefault(partition, new RouteChanges()));
    }
    deltasOf.values().forEach(Deltas::settled);
    return new Folded(begun, extended, deltasOf, routesOf, verdictsOf, restating.changes());
  }

  /**
   * A group may have members in many partitions. What changes is counted in one of the batch's, so
   * that no other instance writes there: a count says something summed over all partitions only.
   */
  private void countGroups(Deltas deltas, RouteChanges routes) {
    var now = new HashMap<>(before);
    now.putAll(after);
    for (var family : families()) {
      count(family, now, deltas, routes);
    }
  }

  /** The kin, apart where no merge leads from one to another, whoever of the two was told of it. */
  private Set<SortedSet<UUID>> families() {
    var families = new HashMap<UUID, SortedSet<UUID>>();
    for (var lead : kin()) {
      var reached = kin(List.of(lead));
      var family = new TreeSet<>(reached);
      for (var each : reached) {
        family.addAll(families.getOrDefault(each, Collections.emptySortedSet()));
      }
      family.forEach(each -> families.put(each, family));
    }
    return new HashSet<>(families.values());
  }

  private void count(
      Collection<UUID> family, Map<UUID, Journey> now, Deltas deltas, RouteChanges routes) {
    var leads =
        family.stream()
            .filter(lead -> !before(lead).merges().isEmpty() || !after(lead).merges().isEmpty())
            .toList();
    var moves = restating.moves();
    for (var group : Group.all(leads, before)) {
      count(deltas, routes, moves, group.journey(), Journey.UNTRAVELLED);
    }
    for (var group : Group.all(leads, now)) {
      count(deltas, routes, moves, Journey.UNTRAVELLED, group.journey());
    }
    restating.add(moves, () -> causes(family));
  }

  /** What counts for {@code before} counts for {@code after} now. */
  private static void count(
      Deltas deltas, RouteChanges routes, Moves moves, Journey before, Journey after) {
    var was = counted(before);
    var is = counted(after);
    deltas.replace(was, is);
    routes.replace(before, was.dimensions(), after, is.dimensions());
    moves.replaced(before, was, after, is);
  }

  /** Of several events about a lead, the one that changed a number last. */
  private Function<Place, By> causes(UUID lead, Journey known, List<Event> events) {
    var last = By.of(lead, events.getLast());
    if (events.size() == 1) {
      return _ -> last;
    }
    var causes = new HashMap<Place, By>();
    var journey = known;
    for (var event : events) {
      var next = journey.with(event, time);
      var moves = restating.moves();
      moves.replaced(journey, counted(journey), next, counted(next));
      moves.places().forEach(place -> causes.put(place, By.of(lead, event)));
      journey = next;
    }
    return place -> causes.getOrDefault(place, last);
  }

  /** Of what leads that count together were told, that they are one, or are not; else the last. */
  private Function<Place, By> causes(Collection<UUID> family) {
    By cause = null;
    boolean found = false;
    for (var leads : told.values()) {
      for (var lead : family) {
        for (var event : leads.getOrDefault(lead, List.of())) {
          boolean ofKin = event instanceof LeadMerged || event instanceof LeadUnmerged;
          if (ofKin || !found) {
            cause = By.of(lead, event);
            found |= ofKin;
          }
        }
      }
    }
    var by = Objects.requireNonNull(cause, "a family that was told nothing");
    return _ -> by;
  }

  private static Contribution counted(Journey journey) {
    return journey.untravelled() ? Contribution.NONE : Contribution.of(journey);
  }

  private Journey before(UUID lead) {
    return before.getOrDefault(lead, Journey.UNTRAVELLED);
  }

  private Journey after(UUID lead) {
    return after.getOrDefault(lead, before(lead));
  }
}
