package baton.reporting.funnel.rest;

import baton.reporting.calibration.Calibration;
import baton.reporting.calibration.Calibration.Fitted;
import baton.reporting.calibration.Calibration.Line;
import baton.reporting.calibration.Calibration.Part;
import baton.reporting.calibration.Calibration.Through;
import baton.reporting.calibration.Calibration.Today;
import baton.reporting.calibration.Estimate;
import baton.reporting.calibration.Measured;
import baton.reporting.calibration.Rule;
import baton.reporting.funnel.Question;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was learned, as JSON, with the charter in force as a draft that has the scoring learned and
 * is otherwise the same; and its tenths as a table.
 *
 * @param charter the version in force
 * @param document what it says
 */
record CalibrationJson(Question question, int charter, JsonNode document) {
  private static final List<String> COLUMNS =
      List.of("predicted", "observed", "low", "high", "lift", "captured");

  ObjectNode of(Calibration found) {
    var json = ReportJson.JSON.objectNode();
    json.put("outcome", found.trial().outcome().word());
    json.put("zone", question.zone().getId());
    json.put("from", question.from() == null ? null : question.from().toString());
    json.put("to", question.to() == null ? null : question.to().toString());
    json.put("withinDays", question.withinDays());
    json.put("completeTo", found.completeTo() == null ? null : found.completeTo().toString());
    json.put("charter", charter);
    json.putObject("leads")
        .put("known", found.leads().known())
        .put("shareDrawn", found.leads().share())
        .put("captured", found.leads().captured())
        .put("immature", found.leads().immature());
    split(json, found);
    var fitted = found.fitted();
    json.put("reason", found.reason());
    if (fitted == null) {
      json.putNull("fitted");
    } else {
      json.set("fitted", fitted(fitted));
    }
    var leftOut = json.putArray("leftOut");
    found
        .leftOut()
        .forEach(left -> leftOut.addObject().put("field", left.field()).put("why", left.why()));
    json.set("notes", notes(found));
    if (fitted != null) {
      json.set("draft", draft(fitted.rules()));
    }
    return json;
  }

  private static void split(ObjectNode json, Calibration found) {
    var split = found.split();
    if (split == null) {
      json.putNull("split");
      return;
    }
    var node = json.putObject("split");
    node.put("horizon", split.horizon().toString());
    node.set("train", part(split.train()));
    node.set("test", part(split.test()));
    node.put("tied", split.tied());
  }

  private static ObjectNode part(Part part) {
    return ReportJson.JSON
        .objectNode()
        .put("leads", part.leads())
        .put("successes", part.successes())
        .put("firstCaptured", part.first().toString())
        .put("lastCaptured", part.last().toString());
  }

  private static ObjectNode fitted(Fitted fitted) {
    var json = ReportJson.JSON.objectNode();
    var fields = json.putArray("fields");
    fitted
        .used()
        .forEach((name, rules) -> fields.addObject().put("field", name).put("rules", rules));
    json.put("pointsToDoubleTheOdds", fitted.pointsToDouble());
    json.put("chanceAtZeroPoints", fitted.chanceAtZero());
    var rules = json.putArray("rules");
    for (var rule : fitted.rules()) {
      rules
          .addObject()
          .put("id", rule.id())
          .put("when", rule.when())
          .put("points", rule.points())
          .put("oddsRatio", rule.odds())
          .put("trainLeads", rule.leads())
          .put("trainRate", rule.rate());
    }
    json.set("draft", measured(fitted.draft()));
    json.set("unrounded", measured(fitted.model()));
    var today = fitted.today();
    if (today == null) {
      json.putNull("today");
    } else {
      json.set("today", today(today));
    }
    var lines = json.putArray("lines");
    fitted.lines().forEach(line -> lines.add(line(line)));
    return json;
  }

  private static ObjectNode today(Today today) {
    var json = measured(today.measured());
    json.set("draftOnTheSameLeads", measured(today.draft()));
    json.set("draftIsBetterBy", estimate(today.better()));
    return json;
  }

  private static ObjectNode measured(Measured measured) {
    var json = ReportJson.JSON.objectNode();
    json.put("leads", measured.leads());
    json.put("successes", measured.successes());
    json.set("auc", estimate(measured.auc()));
    json.put("brier", measured.brier());
    var deciles = json.putArray("deciles");
    for (var decile : measured.deciles()) {
      deciles
          .addObject()
          .put("decile", decile.number())
          .put("leads", decile.leads())
          .put("successes", decile.successes())
          .put("predicted", decile.predicted())
          .put("observed", decile.observed())
          .put("low", decile.low())
          .put("high", decile.high())
          .put("lift", decile.lift())
          .put("captured", decile.captured());
    }
    return json;
  }

  private static ObjectNode estimate(Estimate estimate) {
    return ReportJson.JSON
        .objectNode()
        .put("value", estimate.value())
        .put("low", estimate.low())
        .put("high", estimate.high());
  }

  private static ObjectNode line(Line line) {
    var json = ReportJson.JSON.objectNode();
    json.put("persona", line.persona());
    json.put("line", line.points());
    json.put("leads", line.leads());
    json.set("today", through(line.today()));
    json.put("draftLineOfTheSameVolume", line.sameVolume());
    json.set("draft", through(line.draft()));
    return json;
  }

  private static ObjectNode through(Through through) {
    return ReportJson.JSON
        .objectNode()
        .put("leads", through.leads())
        .put("successes", through.successes());
  }

  private static ArrayNode notes(Calibration found) {
    var notes = ReportJson.JSON.arrayNode();
    if (found.leads().share() < 1) {
      notes.add(
          "Of all leads %.1f %% were drawn, by their ids: the same are drawn again."
              .formatted(100 * found.leads().share()));
    }
    var split = found.split();
    if (split == null) {
      return notes;
    }
    if (split.tied() > 0) {
      notes.add(
          "%d of the later leads were captured at the very moment of the last earlier one: between"
                  .formatted(split.tied())
              + " these the order is that of their ids, not of time.");
    }
    if (found.leads().immature() > 0) {
      notes.add(
          "%d leads are left out because they were captured too late to tell: less than %s before %s."
              .formatted(found.leads().immature(), split.horizon(), found.completeTo()));
    }
    if (found.fitted() != null) {
      notes.add(
          "A value counts if it came with the capture or was told before the lead was handed over;"
              + " what is first told afterwards never does. A lead that never was handed over is"
              + " looked at as late as nine of ten others were handed over.");
      notes.add(
          "Lines stay as they are in the draft, but its points mean something else: move each to its"
              + " draftLineOfTheSameVolume, or where you want it.");
      notes.add(
          "Events carry only attributes that some rule of the charter in force reads: one that no"
              + " rule of the draft reads can't be learned from later.");
      notes.add(
          "What goes with success need not cause it; and whom sales chose to work on is learned too.");
    }
    return notes;
  }

  /** The charter in force with this scoring; who is never scored stays. */
  private JsonNode draft(List<Rule> rules) {
    ObjectNode draft = document.deepCopy();
    var exclude = draft.path("scoring").path("exclude");
    var scoring = ReportJson.JSON.objectNode();
    var fit = ReportJson.JSON.arrayNode();
    var engagement = ReportJson.JSON.arrayNode();
    for (var rule : rules) {
      var id = free(rule.id(), exclude);
      if (rule.touch() != null && rule.points() > 0) {
        engagement
            .addObject()
            .put("id", id)
            .put("touch", rule.touch())
            .put("points", rule.points())
            .put("atMost", rule.points());
      } else {
        fit.addObject().put("id", id).put("when", rule.when()).put("points", rule.points());
      }
    }
    scoring.set("fit", fit);
    scoring.set("engagement", engagement);
    if (!exclude.isMissingNode()) {
      scoring.set("exclude", exclude);
    }
    draft.set("scoring", scoring);
    return draft;
  }

  private static String free(String id, JsonNode exclude) {
    for (var other : exclude) {
      if (other.path("id").asText().equals(id)) {
        return free(id + "-points", exclude);
      }
    }
    return id;
  }

  /** A line per tenth: the draft's, and where there is one today's beside it. */
  static String csv(JsonNode calibration) {
    var fitted = calibration.path("fitted");
    var draft = fitted.path("draft").path("deciles");
    var today = fitted.path("today").path("deciles");
    var lines = new ArrayList<List<String>>();
    var header = new ArrayList<>(List.of("decile", "leads", "successes"));
    header.addAll(COLUMNS);
    if (!today.isEmpty()) {
      COLUMNS.forEach(column -> header.add("today" + Csv.capital(column)));
    }
    lines.add(header.stream().map(Csv::text).toList());
    for (int i = 0; i < draft.size(); i++) {
      var line = new ArrayList<String>();
      for (var column : List.of("decile", "leads", "successes")) {
        line.add(draft.path(i).path(column).asText());
      }
      cells(draft.path(i), line);
      if (!today.isEmpty()) {
        cells(today.path(i), line);
      }
      lines.add(line);
    }
    return Csv.of(lines);
  }

  private static void cells(JsonNode decile, List<String> line) {
    for (var column : COLUMNS) {
      line.add(String.format(Locale.ROOT, "%.4f", decile.path(column).asDouble()));
    }
  }
}
