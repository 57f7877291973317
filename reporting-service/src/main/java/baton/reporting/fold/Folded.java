package baton.reporting.fold;

import baton.contracts.Event;
import baton.reporting.funnel.Contribution;
import baton.reporting.funnel.Deltas;
import baton.reporting.journey.Journey;
import baton.reporting.verdict.Changes;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a batch changes: the journeys that know more than before, and the cells of each partition.
 */
public record Folded(
    SortedMap<UUID, Journey> begun,
    SortedMap<UUID, Journey> extended,
    Map<Integer, Deltas> deltas,
    Map<Integer, Changes> verdicts) {

  /**
   * @param known the journeys that exist of those told about
   */
  public static Folded of(Map<Integer, Map<UUID, List<Event>>> told, Map<UUID, Journey> known) {
    var folded = new Folded(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    told.forEach(
        (partition, leads) -> {
          var deltas = new Deltas();
          var verdicts = new Changes();
          leads.forEach(
              (lead, events) -> folded.tell(lead, events, known.get(lead), deltas, verdicts));
          folded.deltas.put(partition, deltas.settled());
          folded.verdicts.put(partition, verdicts);
        });
    return folded;
  }

  private void tell(
      UUID lead,
      List<Event> events,
      @org.jspecify.annotations.Nullable Journey known,
      Deltas deltas,
      Changes verdicts) {
    var before = known == null ? Journey.UNTRAVELLED : known;
    var after = before;
    for (var event : events) {
      after = after.with(event);
    }
    if (after == before) {
      return;
    }
    deltas.replace(
        known == null ? Contribution.NONE : Contribution.of(known), Contribution.of(after));
    if (Changes.mayCome(events)) {
      verdicts.replace(before, after);
    }
    (known == null ? begun : extended).put(lead, after);
  }
}
