package baton.reporting.fold;

import baton.contracts.Event;
import baton.reporting.funnel.Contribution;
import baton.reporting.funnel.Deltas;
import baton.reporting.funnel.RouteChanges;
import baton.reporting.journey.Group;
import baton.reporting.journey.Journey;
import baton.reporting.journey.WorkingTime;
import baton.reporting.verdict.Changes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A batch on its way into the journeys. Leads that are or become one with others count together:
 * before these can be counted all of them must be known, though the batch tells only of some.
 */
public final class Folding {
  private final Map<Integer, Map<UUID, List<Event>>> told;
  private final WorkingTime time;
  private final Map<UUID, Journey> before;
  private final Map<UUID, Journey> after = new HashMap<>();

  /** Those told about whose merges count or counted, and where they are counted. */
  private final TreeMap<UUID, Integer> merged = new TreeMap<>();

  /**
   * @param known the journeys that exist of those told about
   */
  public Folding(
      Map<Integer, Map<UUID, List<Event>>> told, Map<UUID, Journey> known, WorkingTime time) {
    this.told = told;
    this.time = time;
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
    var kin = new TreeSet<UUID>();
    var next = new ArrayDeque<>(merged.keySet());
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
    var folded =
        new Folded(
            new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
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
                    count(deltas, routes, known, journey);
                  }
                  if (Changes.mayCome(events)) {
                    verdicts.replace(known, journey);
                  }
                  (before.containsKey(lead) ? folded.extended() : folded.begun())
                      .put(lead, journey);
                }
              });
          folded.deltas().put(partition, deltas);
          folded.routes().put(partition, routes);
          folded.verdicts().put(partition, verdicts);
        });
    if (!merged.isEmpty()) {
      var partition = merged.firstEntry().getValue();
      countGroups(
          folded.deltas().getOrDefault(partition, new Deltas()),
          folded.routes().getOrDefault(partition, new RouteChanges()));
    }
    folded.deltas().values().forEach(Deltas::settled);
    return folded;
  }

  /**
   * A group may have members in many partitions. What changes is counted in one of the batch's, so
   * that no other instance writes there: a count says something summed over all partitions only.
   */
  private void countGroups(Deltas deltas, RouteChanges routes) {
    var leads =
        kin().stream()
            .filter(lead -> !before(lead).merges().isEmpty() || !after(lead).merges().isEmpty())
            .toList();
    var now = new HashMap<>(before);
    now.putAll(after);
    for (var group : Group.all(leads, before)) {
      count(deltas, routes, group.journey(), Journey.UNTRAVELLED);
    }
    for (var group : Group.all(leads, now)) {
      count(deltas, routes, Journey.UNTRAVELLED, group.journey());
    }
  }

  /** What counts for {@code before} counts for {@code after} now. */
  private static void count(Deltas deltas, RouteChanges routes, Journey before, Journey after) {
    var was = counted(before);
    var is = counted(after);
    deltas.replace(was, is);
    routes.replace(before, was.dimensions(), after, is.dimensions());
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
