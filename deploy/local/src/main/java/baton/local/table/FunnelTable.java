package baton.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What {@code GET /funnel} answers, as a table: one line per key and one for all. */
public final class FunnelTable {
  private static final List<String> STAGES = List.of("captured", "mql", "sal", "sql", "won");

  private FunnelTable() {}

  public static String of(JsonNode funnel) {
    return ReportTable.of(
        funnel,
        List.of(
            "captured",
            "MQL",
            "%",
            "SAL",
            "%",
            "SQL",
            "%",
            "won",
            "%",
            "of captured",
            "lost",
            "rejected",
            "returned",
            "open",
            "revenue"),
        FunnelTable::cells);
  }

  private static List<String> cells(JsonNode row) {
    var cells = new ArrayList<String>();
    for (var stage : STAGES) {
      var at = row.path("stages").path(stage);
      cells.add(Cells.count(at.path("count")));
      if (!stage.equals("captured")) {
        cells.add(Cells.percent(at.path("fromPrevious")));
      }
    }
    cells.add(Cells.percent(row.path("stages").path("won").path("fromFirst")));
    for (var end : List.of("lost", "rejected", "returned", "open")) {
      cells.add(Cells.count(row.path("ended").path(end)));
    }
    cells.add(Cells.money(row.path("stages").path("won").path("revenue")));
    return cells;
  }
}
