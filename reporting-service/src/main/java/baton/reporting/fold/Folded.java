package baton.reporting.fold;

import baton.reporting.funnel.Deltas;
import baton.reporting.funnel.RouteChanges;
import baton.reporting.journey.Journey;
import baton.reporting.restatement.Change;
import baton.reporting.verdict.Changes;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;

/**
 * What a batch changes: the journeys that know more than before, the cells of each partition, and
 * which numbers that were told already are others now.
 */
public record Folded(
    SortedMap<UUID, Journey> begun,
    SortedMap<UUID, Journey> extended,
    Map<Integer, Deltas> deltas,
    Map<Integer, RouteChanges> routes,
    Map<Integer, Changes> verdicts,
    List<Change> restated) {}
