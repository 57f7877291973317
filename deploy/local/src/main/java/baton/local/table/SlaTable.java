package baton.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What {@code GET /sla} answers, as a table: one line per clause, and one for each side. */
public final class SlaTable {
  private static final List<String> SIDES = List.of("sales", "marketing");

  private SlaTable() {}

  public static String of(JsonNode sla) {
    var by = Cells.by(sla);
    var header = new ArrayList<>(by);
    header.addAll(
        List.of(
            "owed by",
            "met",
            "breached",
            "excused",
            "open",
            "kept %",
            "with excused %",
            "late by p50",
            "p90"));
    var table = new Table(by.size() + 1, header);
    sla.path("rows")
        .forEach(row -> table.row(cells(Cells.key(row, by), row.path("owedBy").asText(), row)));
    for (var side : SIDES) {
      table.row(cells(Cells.total(by), side, sla.path("total").path(side)));
    }
    return table.text();
  }

  private static List<String> cells(List<String> key, String owedBy, JsonNode row) {
    var cells = new ArrayList<>(key);
    cells.add(owedBy);
    for (var count : List.of("met", "breached", "excused", "open")) {
      cells.add(Cells.count(row.path(count)));
    }
    cells.add(Cells.percent(row.path("attainment")));
    cells.add(Cells.percent(row.path("attainmentWithExcused")));
    cells.add(Cells.time(row.path("overrun").path("p50")));
    cells.add(Cells.time(row.path("overrun").path("p90")));
    return cells;
  }
}
