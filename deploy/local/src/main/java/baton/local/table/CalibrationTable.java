package baton.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code GET /calibration} answers, as a few tables that fit into a mail. */
public final class CalibrationTable {
  private CalibrationTable() {}

  public static String of(JsonNode calibration) {
    var outcome = calibration.path("outcome").asText();
    var parts = new ArrayList<String>();
    var fitted = calibration.path("fitted");
    if (fitted.isObject()) {
      parts.add(split(calibration.path("split"), outcome));
      parts.add(rules(fitted, outcome));
      parts.add(measured(fitted));
      parts.add(tenths(fitted, outcome));
      lines(fitted.path("lines"), outcome, parts);
    } else {
      parts.add("Nothing was learned: " + calibration.path("reason").asText() + ".\n");
    }
    leftOut(calibration.path("leftOut"), parts);
    notes(calibration.path("notes"), parts);
    return String.join("\n", parts);
  }

  private static String split(JsonNode split, String outcome) {
    return "Learned from %s leads captured until %s, of whom %s %s; judged by %s later ones, %s %s.\n"
        .formatted(
            Cells.count(split.at("/train/leads")),
            day(split.at("/train/lastCaptured")),
            Cells.count(split.at("/train/successes")),
            outcome,
            Cells.count(split.at("/test/leads")),
            Cells.count(split.at("/test/successes")),
            outcome);
  }

  private static String day(JsonNode instant) {
    var text = instant.asText();
    return text.substring(0, Math.min(10, text.length()));
  }

  private static String rules(JsonNode fitted, String outcome) {
    var table = new Table(1, List.of("rule", "points", "odds", "leads", outcome + " %"));
    for (var rule : fitted.path("rules")) {
      table.row(
          List.of(
              rule.path("when").asText(),
              "%+d".formatted(rule.path("points").asInt()),
              "×" + number(rule.path("oddsRatio"), 2),
              Cells.count(rule.path("trainLeads")),
              Cells.percent(rule.path("trainRate"))));
    }
    return table.text()
        + "0 points mean a chance of %s %%; %d more double the odds.\n"
            .formatted(
                Cells.percent(fitted.path("chanceAtZeroPoints")),
                fitted.path("pointsToDoubleTheOdds").asInt());
  }

  private static String measured(JsonNode fitted) {
    var table = new Table(1, List.of("on later leads", "leads", "AUC", "95 %", "Brier"));
    table.row(measured("draft", fitted.path("draft")));
    var today = fitted.path("today");
    if (today.isObject()) {
      table.row(measured("today", today));
      table.row(measured("draft, on leads scored today", today.path("draftOnTheSameLeads")));
      var better = today.path("draftIsBetterBy");
      table.row(
          List.of("draft is better by", "", number(better.path("value"), 3), between(better), ""));
    }
    return table.text();
  }

  private static List<String> measured(String name, JsonNode measured) {
    return List.of(
        name,
        Cells.count(measured.path("leads")),
        number(measured.at("/auc/value"), 3),
        between(measured.path("auc")),
        number(measured.path("brier"), 3));
  }

  private static String tenths(JsonNode fitted, String outcome) {
    var today = fitted.at("/today/deciles");
    var table =
        new Table(
            1,
            List.of(
                "best tenths",
                "leads",
                "expected %",
                outcome + " %",
                "95 %",
                "lift",
                "of all " + outcome + " %",
                "today's lift"));
    for (var tenth : fitted.at("/draft/deciles")) {
      table.row(
          List.of(
              tenth.path("decile").asText(),
              Cells.count(tenth.path("leads")),
              Cells.percent(tenth.path("predicted")),
              Cells.percent(tenth.path("observed")),
              Cells.percent(tenth.path("low")) + " to " + Cells.percent(tenth.path("high")),
              number(tenth.path("lift"), 2),
              Cells.percent(tenth.path("captured")),
              number(today.path(tenth.path("decile").asInt() - 1).path("lift"), 2)));
    }
    return table.text();
  }

  private static void lines(JsonNode lines, String outcome, List<String> parts) {
    if (lines.isEmpty()) {
      return;
    }
    var table =
        new Table(
            1,
            List.of(
                "persona", "line today", "through", outcome, "draft's line", "through", outcome));
    for (var line : lines) {
      table.row(
          List.of(
              line.path("persona").asText(),
              line.path("line").asText(),
              Cells.count(line.at("/today/leads")),
              Cells.count(line.at("/today/successes")),
              line.path("draftLineOfTheSameVolume").asText(),
              Cells.count(line.at("/draft/leads")),
              Cells.count(line.at("/draft/successes"))));
    }
    parts.add(table.text());
  }

  private static void leftOut(JsonNode leftOut, List<String> parts) {
    if (leftOut.isEmpty()) {
      return;
    }
    var table = new Table(2, List.of("left out", "why"));
    leftOut.forEach(
        left -> table.row(List.of(left.path("field").asText(), left.path("why").asText())));
    parts.add(table.text());
  }

  private static void notes(JsonNode notes, List<String> parts) {
    var text = new StringBuilder();
    notes.forEach(note -> text.append("- ").append(note.asText()).append('\n'));
    if (!text.isEmpty()) {
      parts.add(text.toString());
    }
  }

  private static String between(JsonNode estimate) {
    return number(estimate.path("low"), 3) + " to " + number(estimate.path("high"), 3);
  }

  private static String number(JsonNode number, int decimals) {
    return number.isNumber()
        ? String.format(Locale.ROOT, "%." + decimals + "f", number.asDouble())
        : "–";
  }
}
