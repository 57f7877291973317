package baton.chassis.kin;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Under whom leads count by the merges that stand. */
final class Groups {

  /** One lead counts under another, until that is undone. */
  record Merged(UUID mergeId, UUID survivor, UUID absorbed) {}

  private Groups() {}

  /**
   * The survivor of each lead that is in a merge, itself where it survives. Events of two keys
   * race: for a moment a lead may be absorbed twice, by the later merge then, or go in a circle,
   * and then everybody in it counts alone.
   */
  static Map<UUID, UUID> survivors(Collection<UUID> leads, List<Merged> standing) {
    var into = new HashMap<UUID, UUID>();
    standing.stream()
        .sorted(Comparator.comparing(merge -> merge.mergeId().toString()))
        .forEach(merge -> into.put(merge.absorbed(), merge.survivor()));
    var survivors = new HashMap<UUID, UUID>();
    for (var lead : leads) {
      var seen = new HashSet<UUID>();
      var last = lead;
      for (var next = into.get(last); next != null && seen.add(next); next = into.get(last)) {
        last = next;
      }
      if (!last.equals(lead)) {
        survivors.put(lead, last);
        survivors.putIfAbsent(last, last);
      }
    }
    return survivors;
  }
}
