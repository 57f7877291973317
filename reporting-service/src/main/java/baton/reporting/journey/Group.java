package baton.reporting.journey;

import baton.reporting.journey.Fact.Captured;
import baton.reporting.journey.Fact.Described;
import baton.reporting.journey.Fact.Touched;
import baton.reporting.journey.Fact.Updated;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Leads that are one. A merge holds once the journeys of both its leads were told of it, and until
 * either is told that it is undone: so who knows one journey of a group finds the others, whichever
 * was told first.
 *
 * @param survivor under whose name they count
 * @param members all of them, the survivor too
 */
public record Group(UUID survivor, SortedMap<UUID, Journey> members) {

  /**
   * The group of this lead. A journey that isn't among the known ones counts as untold.
   *
   * @param known must hold all that {@link #missing} asks for
   */
  public static Group of(UUID lead, Map<UUID, Journey> known) {
    var members = new TreeMap<UUID, Journey>();
    var absorbed = new HashSet<UUID>();
    var next = new ArrayDeque<>(List.of(lead));
    while (!next.isEmpty()) {
      var id = next.remove();
      var journey = known.getOrDefault(id, Journey.UNTRAVELLED);
      if (members.putIfAbsent(id, journey) == null) {
        for (var merge : journey.merges()) {
          var other = merge.other(id);
          if (known.getOrDefault(other, Journey.UNTRAVELLED).holds(merge.mergeId())) {
            absorbed.add(merge.absorbed());
            next.add(other);
          }
        }
      }
    }
    var survivor =
        members.keySet().stream()
            .filter(id -> !absorbed.contains(id))
            .findFirst()
            .orElseGet(members::firstKey);
    return new Group(survivor, members);
  }

  /** Every group that has some of these leads in it, each once. */
  public static List<Group> all(Collection<UUID> leads, Map<UUID, Journey> known) {
    var groups = new ArrayList<Group>();
    var seen = new HashSet<UUID>();
    for (var lead : leads) {
      if (!seen.contains(lead)) {
        var group = of(lead, known);
        groups.add(group);
        seen.addAll(group.members.keySet());
      }
    }
    return groups;
  }

  /** Those that journeys known so far lead to and that aren't known yet. */
  public static SortedSet<UUID> missing(Map<UUID, Journey> known) {
    var missing = new TreeSet<UUID>();
    known.forEach(
        (id, journey) ->
            journey.merges().stream()
                .map(merge -> merge.other(id))
                .filter(other -> !known.containsKey(other))
                .forEach(missing::add));
    return missing;
  }

  /**
   * What all of them know together. The earliest capture is the group's, each other one a touch. A
   * member that was retracted has left every number, and takes nobody along. Fields that were set
   * later are the survivor's own: revisions of two leads don't compare.
   */
  public Journey journey() {
    if (members.size() == 1) {
      return members.firstEntry().getValue();
    }
    var counting = new TreeMap<>(members);
    counting.values().removeIf(Journey::retracted);
    if (counting.isEmpty()) {
      return members.getOrDefault(survivor, Journey.UNTRAVELLED);
    }
    var captured =
        counting.values().stream()
            .map(Journey::captured)
            .filter(Objects::nonNull)
            .reduce((one, other) -> Fact.compare(one, other) >= 0 ? one : other)
            .orElse(null);
    var facts =
        counting.entrySet().stream()
            .flatMap(member -> member.getValue().facts().stream().filter(said(member.getKey())))
            .map(fact -> fact instanceof Captured one ? first(one, captured) : fact);
    return Journey.of(facts);
  }

  private Predicate<Fact> said(UUID member) {
    return fact ->
        !(fact instanceof Updated || fact instanceof Described) || member.equals(survivor);
  }

  private static Fact first(Captured one, @Nullable Captured captured) {
    return one.equals(captured)
        ? one
        : new Touched(
            one.at(),
            one.charter(),
            one.touchId(),
            one.kind(),
            one.asset(),
            one.source(),
            one.medium(),
            one.channel(),
            one.campaign());
  }
}
