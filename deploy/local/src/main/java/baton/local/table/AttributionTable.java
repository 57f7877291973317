package baton.local.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code GET /attribution} answers, as a table: one line per key and one for all. */
public final class AttributionTable {
  private AttributionTable() {}

  public static String of(JsonNode attribution) {
    boolean chain = attribution.path("model").asText().equals("markov");
    double deals = attribution.path("total").path("conversions").asDouble();
    return ReportTable.of(
        attribution,
        chain ? List.of("deals", "%", "lost without", "revenue") : List.of("deals", "%", "revenue"),
        row -> cells(row, deals, chain));
  }

  private static List<String> cells(JsonNode row, double deals, boolean chain) {
    var cells = new ArrayList<String>();
    double owed = row.path("conversions").asDouble();
    cells.add(String.format(Locale.ROOT, "%,.1f", owed));
    cells.add(deals == 0 ? "–" : String.format(Locale.ROOT, "%.1f", 100 * owed / deals));
    if (chain) {
      cells.add(Cells.percent(row.path("removalEffect")));
    }
    cells.add(Cells.money(row.path("revenue")));
    return cells;
  }
}
