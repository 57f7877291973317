package baton.local.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one row of a CRM's export tells of a lead, taken apart into the commands that the services
 * have: how it came and became an MQL, what its owner did, and how it ended.
 *
 * @param steps and {@code outcome} lack the lead's id, which the first answer says
 * @param faults why the row can't be taken; nothing of it is sent then
 */
record History(
    ObjectNode lead, List<ObjectNode> steps, @Nullable ObjectNode outcome, List<String> faults) {
  private static final String SYSTEM = "history";
  private static final Set<String> STEPS = Set.of("accepted", "qualified", "returned", "rejected");
  private static final Set<String> OUTCOMES =
      Set.of("opportunity", "won", "lost", "disqualified", "purchased", "renewed", "churned");

  /** Those that say nothing of how the lead came. */
  private static final List<String> OWN =
      List.of(
          "firstOutreachAt",
          "firstOutreachChannel",
          "status",
          "statusAt",
          "statusReason",
          "amount",
          "expectedClose",
          "externalId");

  static History of(ObjectNode row) {
    var lead = row.deepCopy().remove(OWN);
    if (lead.hasNonNull("qualifiedAt")) {
      lead.put("qualified", true);
    }
    var faults = new ArrayList<String>();
    var steps = new ArrayList<ObjectNode>();
    if (row.hasNonNull("firstOutreachAt")) {
      var attempt = told(row, "step", "attempted", "firstOutreachAt");
      copy(row, "firstOutreachChannel", attempt, "channel");
      steps.add(attempt);
    }
    var status = row.path("status").asText();
    ObjectNode outcome = null;
    if (STEPS.contains(status)) {
      steps.add(closing(row, "step", status));
    } else if (OUTCOMES.contains(status)) {
      outcome = closing(row, "result", status);
      for (var field : List.of("amount", "expectedClose", "externalId")) {
        copy(row, field, outcome, field);
      }
    } else if (!status.isEmpty()) {
      faults.add(
          "/status must be one of "
              + String.join(", ", Stream.of(STEPS, OUTCOMES).flatMap(Set::stream).sorted().toList())
              + ", or have no value: a mapping's lookup says so");
    }
    if (!status.isEmpty() && !row.hasNonNull("statusAt")) {
      faults.add("/statusAt is required where there is a status");
    }
    return new History((ObjectNode) lead, List.copyOf(steps), outcome, List.copyOf(faults));
  }

  /** The same of a lead that is known by now, each by an id so that it can be told again. */
  History of(String leadId) {
    steps.forEach(step -> known(step, leadId, leadId + '.' + step.path("step").asText()));
    if (outcome != null) {
      known(outcome, leadId, leadId);
    }
    return this;
  }

  private static void known(ObjectNode told, String leadId, String id) {
    told.put("leadId", leadId);
    if (!told.has("externalId")) {
      told.putObject("externalId").put("system", SYSTEM).put("id", id);
    }
  }

  private static ObjectNode closing(ObjectNode row, String field, String word) {
    var told = told(row, field, word, "statusAt");
    copy(row, "statusReason", told, "reason");
    return told;
  }

  private static ObjectNode told(ObjectNode row, String field, String word, String at) {
    var told = JsonNodeFactory.instance.objectNode().put(field, word);
    copy(row, at, told, "occurredAt");
    copy(row, "owner", told, "seller");
    return told;
  }

  private static void copy(ObjectNode from, String field, ObjectNode to, String as) {
    if (from.hasNonNull(field)) {
      to.set(as, from.get(field));
    }
  }
}
