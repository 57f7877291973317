package baton.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What {@code GET /velocity} answers, as a table: one line per key and one for all. */
public final class VelocityTable {
  private VelocityTable() {}

  public static String of(JsonNode velocity) {
    return ReportTable.of(
        velocity,
        List.of(
            "touched",
            "never",
            "speed to lead p50",
            "p90",
            "in business time p50",
            "p90",
            "contact p50",
            "decision p50",
            "to MQL",
            "to SAL",
            "to SQL",
            "to won"),
        VelocityTable::cells);
  }

  private static List<String> cells(JsonNode row) {
    var cells = new ArrayList<String>();
    var wall = row.path("speedToLead").path("wall");
    var business = row.path("speedToLead").path("business");
    cells.add(Cells.count(wall.path("count")));
    cells.add(Cells.count(wall.path("never")));
    cells.add(Cells.time(wall.path("p50")));
    cells.add(Cells.time(wall.path("p90")));
    cells.add(Cells.time(business.path("p50")));
    cells.add(Cells.time(business.path("p90")));
    cells.add(Cells.time(row.path("contact").path("p50")));
    cells.add(Cells.time(row.path("decision").path("p50")));
    for (var stage : List.of("mql", "sal", "sql", "won")) {
      cells.add(Cells.time(row.path("stages").path(stage).path("p50")));
    }
    return cells;
  }
}
