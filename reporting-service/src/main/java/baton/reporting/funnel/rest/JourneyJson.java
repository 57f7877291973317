package baton.reporting.funnel.rest;

import baton.chassis.json.AnswerJson;
import baton.contracts.Json;
import baton.reporting.funnel.Contribution;
import baton.reporting.funnel.Dimension;
import baton.reporting.journey.Fact;
import baton.reporting.journey.Group;
import baton.reporting.journey.How;
import baton.reporting.journey.Journey;
import baton.reporting.journey.Pass;
import baton.reporting.journey.Stage;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** One lead, everything that is known of it, what that counts for and why. */
final class JourneyJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private JourneyJson() {}

  static ObjectNode of(UUID lead, Group group) {
    var journey = group.journey();
    var contribution = Contribution.of(journey);
    var passes = journey.passes();
    var counted = !contribution.parts().isEmpty();
    var answer = JSON.objectNode();
    answer.put("leadId", lead.toString());
    if (!group.survivor().equals(lead)) {
      answer.put("mergedInto", group.survivor().toString());
    }
    answer.put("counted", counted);
    answer.put("state", state(journey, passes));
    var keys = answer.putObject("key");
    for (var dimension : Dimension.values()) {
      keys.put(dimension.word(), contribution.dimensions().get(dimension));
    }
    var explained = answer.putArray("explained");
    if (group.members().size() > 1) {
      explained.add("It is told with those it is merged with, all under " + group.survivor() + ".");
    }
    explain(explained, journey, passes, counted);
    var told = answer.putArray("passes");
    passes.forEach(pass -> told.add(pass(pass)));
    var facts = answer.putArray("facts");
    journey.standing().stream()
        .sorted(Comparator.comparing(Fact::at))
        .forEach(fact -> facts.add(fact(fact)));
    return answer;
  }

  private static String state(Journey journey, List<Pass> passes) {
    if (journey.retracted()) {
      return "retracted";
    }
    var end = passes.isEmpty() ? null : passes.getLast().end();
    return end == null ? "open" : end.ending().word();
  }

  private static void explain(
      ArrayNode lines, Journey journey, List<Pass> passes, boolean counted) {
    var captured = journey.captured();
    if (journey.retracted()) {
      lines.add("It was retracted and leaves every number.");
    } else if (!counted) {
      lines.add("Nothing heard of it yet makes it a lead of the funnel.");
    } else if (captured == null) {
      lines.add("Its capture was not heard yet: it counts as captured when it is first heard of.");
    } else {
      lines.add("Captured at " + Json.text(captured.at()) + ".");
    }
    if (journey.erased()) {
      lines.add("Its personal data was erased; it counts as before.");
    }
    for (var pass : passes) {
      var name = "Pass " + pass.number();
      for (var stage : List.of(Stage.MQL, Stage.SAL, Stage.SQL, Stage.WON)) {
        var reached = pass.reached(stage);
        if (reached != null) {
          lines.add(
              name
                  + " reached "
                  + stage.word()
                  + " at "
                  + Json.text(reached.at())
                  + because(reached.how()));
        }
      }
      var end = pass.end();
      lines.add(
          end == null
              ? name + " is open."
              : name
                  + " ended "
                  + end.ending().word()
                  + " at "
                  + Json.text(end.at())
                  + (end.reason() == null ? "." : ": " + end.reason() + "."));
    }
  }

  private static String because(How how) {
    return switch (how) {
      case EXPLICIT -> ".";
      case DEEMED -> ", deemed accepted: nobody answered in time.";
      case INFERRED -> ", inferred: no fact says so, but what came later implies it.";
    };
  }

  private static ObjectNode pass(Pass pass) {
    var node = JSON.objectNode();
    node.put("number", pass.number());
    node.put("passId", pass.id() == null ? null : pass.id().toString());
    var stages = node.putObject("stages");
    for (var stage : List.of(Stage.MQL, Stage.SAL, Stage.SQL, Stage.WON)) {
      var reached = pass.reached(stage);
      if (reached != null) {
        stages
            .putObject(stage.word())
            .put("at", Json.text(reached.at()))
            .put("how", reached.how().name().toLowerCase(Locale.ROOT))
            .put("charterVersion", reached.charter());
      }
    }
    var end = pass.end();
    if (end == null) {
      node.putNull("end");
    } else {
      node.putObject("end")
          .put("ending", end.ending().word())
          .put("at", Json.text(end.at()))
          .put("reason", end.reason())
          .put("charterVersion", end.charter());
    }
    var revenue = node.putArray("revenue");
    pass.sales()
        .forEach(
            sale ->
                revenue
                    .addObject()
                    .put("amount", ReportJson.money(sale.amount(), sale.currency()))
                    .put("currency", sale.currency()));
    return node;
  }

  private static ObjectNode fact(Fact fact) {
    var node = JSON.objectNode();
    node.put("fact", fact.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    node.setAll((ObjectNode) AnswerJson.mapper().valueToTree(fact));
    return node;
  }
}
