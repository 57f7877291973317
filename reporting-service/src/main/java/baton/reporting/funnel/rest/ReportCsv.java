package baton.reporting.funnel.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Any report as a table: a line per row and one for all. A column is called by the names that lead
 * to its value ({@code speedToLeadWallP50}); of a list, by what its elements are told apart by
 * ({@code revenueEUR}).
 */
final class ReportCsv {
  /** By which an element of a list is known. */
  private static final List<String> KNOWN_BY =
      List.of("currency", "reason", "rating", "band", "tier", "goal", "bin");

  private ReportCsv() {}

  static String of(JsonNode report) {
    var by = new ArrayList<String>();
    report.path("by").forEach(name -> by.add(name.asText()));
    var rows = new ArrayList<Map<String, JsonNode>>();
    report.path("rows").forEach(row -> rows.add(cells(row)));
    var total = cells(report.path("total"));
    var columns = new LinkedHashSet<String>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    columns.addAll(total.keySet());
    var lines = new ArrayList<List<String>>();
    var header = new ArrayList<String>();
    by.forEach(name -> header.add(Csv.text(name)));
    columns.forEach(name -> header.add(Csv.text(name)));
    header.add(Csv.text("completeTo"));
    lines.add(header);
    var completeTo = ReportJson.text(report.path("completeTo"));
    for (int i = 0; i < rows.size(); i++) {
      var key = report.path("rows").path(i).path("key");
      var line = new ArrayList<String>();
      by.forEach(name -> line.add(Csv.text(ReportJson.text(key.path(name)))));
      lines.add(line(line, columns, rows.get(i), completeTo));
    }
    var last = new ArrayList<String>();
    by.forEach(_ -> last.add(Csv.text(last.isEmpty() ? "(total)" : null)));
    lines.add(line(last, columns, total, completeTo));
    return Csv.of(lines);
  }

  private static List<String> line(
      List<String> line,
      Set<String> columns,
      Map<String, JsonNode> cells,
      @Nullable String completeTo) {
    for (var column : columns) {
      var cell = cells.get(column);
      if (cell == null || cell.isNull()) {
        line.add("");
      } else {
        line.add(cell.isNumber() || cell.isBoolean() ? cell.asText() : Csv.text(cell.asText()));
      }
    }
    line.add(completeTo == null ? "" : completeTo);
    return line;
  }

  private static Map<String, JsonNode> cells(JsonNode row) {
    var cells = new LinkedHashMap<String, JsonNode>();
    row.properties()
        .forEach(
            field -> {
              if (!field.getKey().equals("key")) {
                flatten(field.getKey(), field.getValue(), cells);
              }
            });
    return cells;
  }

  private static void flatten(String name, JsonNode value, Map<String, JsonNode> into) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(field -> flatten(name + Csv.capital(field.getKey()), field.getValue(), into));
    } else if (value.isArray()) {
      value.forEach(element -> element(name, element, into));
    } else {
      into.put(name, value);
    }
  }

  private static void element(String name, JsonNode element, Map<String, JsonNode> into) {
    for (var known : KNOWN_BY) {
      if (element.has(known)) {
        var word = element.path(known).isNull() ? "None" : element.path(known).asText();
        boolean alone = element.size() == 2;
        element
            .properties()
            .forEach(
                field -> {
                  if (!field.getKey().equals(known)) {
                    flatten(
                        name + Csv.capital(word) + (alone ? "" : Csv.capital(field.getKey())),
                        field.getValue(),
                        into);
                  }
                });
        return;
      }
    }
  }
}
