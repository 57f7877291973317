package baton.feedback.lead;

import baton.contracts.LeadCaptured;
import baton.contracts.LeadEvent;
import baton.contracts.LeadHandoff;
import baton.contracts.LeadQualified;
import baton.contracts.LeadUpdated;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a batch of events tells about leads. However often and in whatever order it is heard, the
 * directory ends up the same.
 */
public record News(SortedMap<LeadName, UUID> names, List<Pass> passes, List<Handoff> handoffs) {

  public static News of(List<? extends LeadEvent> events) {
    var names = new TreeMap<LeadName, UUID>();
    var passes = new ArrayList<Pass>();
    var handoffs = new HashMap<UUID, Handoff>();
    for (var event : events) {
      names.put(LeadName.lead(event.leadId()), event.leadId());
      switch (event) {
        case LeadCaptured captured ->
            captured
                .externalIds()
                .forEach(id -> names.putIfAbsent(LeadName.external(id), captured.leadId()));
        case LeadUpdated updated ->
            updated
                .externalIds()
                .forEach(id -> names.putIfAbsent(LeadName.external(id), updated.leadId()));
        case LeadQualified qualified ->
            passes.add(new Pass(qualified.passId(), qualified.leadId(), qualified.occurredAt()));
        case LeadHandoff step -> {
          names.put(LeadName.handoff(step.handoffId()), step.leadId());
          latest(handoffs, step);
        }
        default -> {}
      }
    }
    return new News(names, List.copyOf(passes), List.copyOf(handoffs.values()));
  }

  private static void latest(Map<UUID, Handoff> handoffs, LeadHandoff step) {
    var handoff =
        new Handoff(
            step.handoffId(), step.leadId(), step.passId(), step.sellerId(), step.revision());
    handoffs.merge(step.handoffId(), handoff, (a, b) -> a.revision() >= b.revision() ? a : b);
  }
}
