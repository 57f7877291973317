package baton.reporting.fold;

import baton.reporting.funnel.Deltas;
import baton.reporting.funnel.RouteChanges;
import baton.reporting.journey.Journey;
import baton.reporting.verdict.Changes;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;

/**
 * What a batch changes: the journeys that know more than before, and the cells of each partition.
 */
public record Folded(
    SortedMap<UUID, Journey> begun,
    SortedMap<UUID, Journey> extended,
    Map<Integer, Deltas> deltas,
    Map<Integer, RouteChanges> routes,
    Map<Integer, Changes> verdicts) {}
