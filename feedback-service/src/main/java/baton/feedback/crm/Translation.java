package baton.feedback.crm;

import baton.chassis.problem.Fault;
import baton.chassis.problem.Problem;
import baton.chassis.pseudonym.Pseudonyms;
import baton.contracts.ExternalId;
import baton.contracts.Json;
import baton.contracts.OutcomeResult;
import baton.feedback.lead.LeadName;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the commands of ours that a CRM's words mean. */
final class Translation {
  /** Fields without which a command still says something true. */
  private static final Set<String> SPARED =
      Set.of("amount", "expectedClose", "reason", "seller", "channel");

  /** A command, read; with what had to be left out of it. */
  record Understood<T>(T told, List<Fault> leftOut) {}

  private final Connector connector;
  private final Settings settings;

  Translation(Connector connector) {
    this.connector = connector;
    this.settings = connector.settings();
  }

  Settings settings() {
    return settings;
  }

  /** When an element says that it happened; null where it says nothing that can be read. */
  static @Nullable Instant at(ObjectNode fields) {
    var said = Settings.text(fields.get("occurredAt"));
    try {
      return said == null ? null : Instant.parse(said);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  /** Whether a result of the settings is a step and no outcome. */
  static boolean isStep(String result) {
    return result.equals(Settings.QUALIFIED);
  }

  /** As POST /outcomes takes it. */
  ObjectNode outcome(String dealId, Deal deal, Deal.Standing standing) {
    var command = about(deal.value("leadId"), deal.value("leadExternalId"), json(ofDeal(dealId)));
    command.put("result", standing.result());
    name(command, dealId);
    if (deal.text("amount") != null) {
      var amount = command.putObject("amount").put("amount", deal.text("amount"));
      if (deal.text("currency") != null) {
        amount.put("currency", deal.text("currency"));
      }
    }
    put(command, "expectedClose", deal.text("expectedClose"));
    put(command, "seller", deal.text("seller"));
    var reason = deal.text("reason");
    var isLost =
        OutcomeResult.LOST.word().equals(standing.result())
            || OutcomeResult.DISQUALIFIED.word().equals(standing.result());
    put(command, "reason", reason == null || !isLost ? null : settings.reason(reason));
    var isOpen = OutcomeResult.OPPORTUNITY.word().equals(standing.result());
    var closedAt = isOpen ? null : deal.text("closedAt");
    return command.put("occurredAt", closedAt == null ? standing.since().toString() : closedAt);
  }

  /** A deal's stage that says the lead is qualified, as POST /sales-steps takes it. */
  ObjectNode qualified(String dealId, Deal deal, Instant since) {
    var command = about(deal.value("leadId"), deal.value("leadExternalId"), json(ofDeal(dealId)));
    name(command, dealId + "/" + Settings.QUALIFIED);
    put(command, "seller", deal.text("seller"));
    return command.put("step", "qualified").put("occurredAt", since.toString());
  }

  /**
   * As POST /sales-steps takes it, but for the time; null where a status means nothing here.
   *
   * @param id of what the CRM tells of
   */
  @Nullable ObjectNode step(String id, ObjectNode fields) {
    var status = Settings.text(fields.get("status"));
    var meaning = status == null ? null : settings.meaning(status);
    if (status != null && meaning == null && !fields.has("step")) {
      return null;
    }
    var command = about(fields.get("leadId"), fields.get("leadExternalId"), json(ofPerson(id)));
    var step = Settings.text(fields.get("step"));
    if (step == null && meaning != null && meaning.step() != null) {
      step = meaning.step().word();
    }
    put(command, "step", step);
    var message = Settings.text(fields.get("message"));
    name(command, message == null ? id + "/" + (status == null ? step : status) : message);
    put(command, "seller", Settings.text(fields.get("seller")));
    put(command, "channel", or(fields, "channel", meaning == null ? null : meaning.channel()));
    var reason = or(fields, "reason", meaning == null ? null : meaning.reason());
    put(command, "reason", reason == null ? null : settings.reason(reason));
    return command;
  }

  /** By which a step is known again. */
  static String name(ObjectNode command) {
    return command.path("externalId").path("id").asText();
  }

  private static @Nullable String or(ObjectNode fields, String name, @Nullable String otherwise) {
    var said = Settings.text(fields.get(name));
    return said == null ? otherwise : said;
  }

  /** A deal that names no lead is a name itself, by which its lead can be told later. */
  ExternalId ofDeal(String dealId) {
    return new ExternalId(connector.kind().word() + "-deal", dealId);
  }

  /** Whom a step is about that names no lead. */
  private ExternalId ofPerson(String id) {
    return new ExternalId(connector.kind().word(), id);
  }

  /** Of whom an element speaks, whatever comes of it. */
  LeadName whose(Into into, String id, ObjectNode fields, Pseudonyms pseudonyms) {
    return Whose.name(
        fields.get("leadId"),
        fields.get("leadExternalId"),
        into == Into.DEAL ? ofDeal(id) : ofPerson(id),
        pseudonyms);
  }

  private static ObjectNode json(ExternalId id) {
    return JsonNodeFactory.instance.objectNode().put("system", id.system()).put("id", id.id());
  }

  private static ObjectNode about(
      com.fasterxml.jackson.databind.@Nullable JsonNode leadId,
      com.fasterxml.jackson.databind.@Nullable JsonNode externalId,
      ObjectNode otherwise) {
    var command = JsonNodeFactory.instance.objectNode();
    if (leadId != null) {
      command.set("leadId", leadId);
    } else {
      command.set("leadExternalId", externalId == null ? otherwise : externalId);
    }
    return command;
  }

  private void name(ObjectNode command, String id) {
    command.putObject("externalId").put("system", connector.connectorId()).put("id", id);
  }

  private static void put(ObjectNode command, String name, @Nullable String value) {
    if (value != null) {
      command.put(name, value);
    }
  }

  /**
   * What a command says; once more without the fields at fault, if it can spare them. Throws the
   * Problem where it can't.
   */
  static <T> Understood<T> read(ObjectNode command, Function<byte[], T> reading) {
    try {
      return new Understood<>(reading.apply(Json.bytes(command)), List.of());
    } catch (Problem problem) {
      var faults = problem.errors();
      var names = faults.stream().map(Translation::field).toList();
      if (names.isEmpty() || !SPARED.containsAll(names)) {
        throw problem;
      }
      var rest = command.deepCopy();
      rest.remove(names);
      return new Understood<>(reading.apply(Json.bytes(rest)), faults);
    }
  }

  private static String field(Fault fault) {
    var end = fault.pointer().indexOf('/', 1);
    return fault.pointer().isEmpty()
        ? ""
        : fault.pointer().substring(1, end < 0 ? fault.pointer().length() : end);
  }
}
